import { hostname } from 'node:os';
import { NatsStreamingBus, type EventBus } from '../messaging';
import { withTimeLimit } from '../messaging/time-limit';
import { ConfigError } from './config';
import { usesBus, type FrameSettings, type ServiceDefinition } from './define-service';
import { log } from './logger';
import { ServiceRuntime } from './runtime';

/** A little less than the local run gives, which gives less than a cluster does. */
const STOP_LIMIT_MILLISECONDS = 5500;

/** Runs a service as this process: reads its settings, starts it, and stops it in order on SIGTERM or SIGINT. */
export async function startService(definition: ServiceDefinition): Promise<void> {
  log.setBindings({ service: definition.name });
  process.on('unhandledRejection', dieOf);
  process.on('uncaughtException', dieOf);
  try {
    const settings = definition.config.load();
    log.level = settings.LOG_LEVEL;
    const bus = usesBus(definition) ? createBus(definition.name, settings) : undefined;
    const runtime = new ServiceRuntime(definition, bus, log);
    stopOnSignal(runtime);
    const port = await runtime.listen(settings.PORT, settings.HOST);
    await runtime.start();
    log.info({ port }, 'ready');
  } catch (error) {
    dieOf(error);
  }
}

function createBus(service: string, settings: FrameSettings): EventBus {
  return new NatsStreamingBus({
    url: settings.NATS_URL ?? '',
    clusterId: settings.NATS_CLUSTER_ID ?? '',
    clientId: settings.NATS_CLIENT_ID ?? defaultClientId(service),
    monitorUrl: settings.NATS_MONITOR_URL,
    log,
  });
}

/** Unique on one host, and in a cluster, where a pod's name is its host. */
function defaultClientId(service: string): string {
  return `${service}-${hostname()}-${process.pid}`.replace(/[^\w-]/g, '-');
}

function stopOnSignal(runtime: ServiceRuntime): void {
  let stopping = false;
  const stop = async (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    try {
      await withTimeLimit(runtime.stop(), STOP_LIMIT_MILLISECONDS, 'stopping');
      log.info('stopped');
    } catch (error) {
      // Nothing is lost: what was not finished is not acknowledged, and what was not sent is in the outbox.
      log.warn({ error }, 'stopped before everything in hand was finished');
    }
    process.exit(0);
  };
  process.on('SIGTERM', (signal) => void stop(signal));
  process.on('SIGINT', (signal) => void stop(signal));
}

function dieOf(error: unknown): never {
  if (error instanceof ConfigError) log.fatal(error.message);
  else log.fatal({ error }, 'the service ends');
  process.exit(1);
}
