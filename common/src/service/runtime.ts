import type { Server } from 'node:http';
import { Router, type Express } from 'express';
import { createHttpTerminator } from 'http-terminator';
import { createApp, documentRoute, ServiceUnavailableError } from '../http';
import { answerMalformed } from '../http/answer-malformed';
import type { EventBus } from '../messaging';
import { connectDatabase, databaseState, disconnectDatabase, prepareModels } from '../persistence';
import type { ServiceContext, ServiceDefinition } from './define-service';
import type { Logger } from './logger';
import { MessagingPart } from './messaging-part';
import { byOneReplica, Periodic } from './periodic';

const HTTP_GRACE_MILLISECONDS = 3000;
/** Longer than a proxy keeps an idle connection: else it sends a request into one that is just being closed. */
const KEEP_ALIVE_MILLISECONDS = 65_000;

/** A service at work: everything its definition names, started and stopped in order. */
export class ServiceRuntime {
  readonly app: Express;
  readonly messaging: MessagingPart | undefined;
  /** Resolves when the service listens to the bus. */
  consuming: Promise<void> = Promise.resolve();

  private readonly sweeps: readonly Periodic[];
  private readonly giveUp = new AbortController();
  private stopHttp: () => Promise<void> = () => Promise.resolve();
  private started = false;
  private draining = false;

  /** @param bus undefined for a service that neither hears nor speaks */
  constructor(
    private readonly definition: ServiceDefinition,
    bus: EventBus | undefined,
    private readonly log: Logger,
  ) {
    this.messaging = bus && new MessagingPart(definition, bus, log);
    const sweeps = [...definition.sweeps.map(byOneReplica), ...(this.messaging?.sweeps() ?? [])];
    this.sweeps = sweeps.map((sweep) => new Periodic(sweep, log));
    this.app = this.createApp();
  }

  /** Answers on `port` of `host`, or of all addresses: until `start` is done only about its own health. @returns the port taken */
  listen(port: number, host?: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const server: Server = this.app.listen({ port, host }, (error?: Error) => {
        if (error) return reject(error);
        const address = server.address();
        resolve(typeof address === 'object' && address ? address.port : port);
      });
      server.on('clientError', answerMalformed);
      server.keepAliveTimeout = KEEP_ALIVE_MILLISECONDS;
      server.headersTimeout = KEEP_ALIVE_MILLISECONDS + 1000;
      const terminator = createHttpTerminator({ server, gracefulTerminationTimeout: HTTP_GRACE_MILLISECONDS });
      this.stopHttp = () => terminator.terminate();
    });
  }

  /**
   * Resolves when the service can do its work. A service with a database does not wait for the broker: it can serve
   * while its events wait in the outbox.
   */
  async start(): Promise<void> {
    if (this.hasDatabase) await this.startDatabase();
    if (this.draining) return;
    for (const resource of this.definition.resources) await resource.start(this.context);
    this.consuming = this.startConsuming();
    if (!this.hasDatabase) await this.consuming;
    for (const sweep of this.sweeps) sweep.start();
    this.started = true;
  }

  /** Not ready, take nothing new, finish what is in hand, send what it announced, and leave. */
  async stop(): Promise<void> {
    const { messaging } = this;
    this.draining = true;
    this.giveUp.abort();
    await Promise.all([
      this.step('requests', () => this.stopHttp()),
      this.step('events', () => messaging?.stopConsuming()),
      this.step('sweeps', () => Promise.all(this.sweeps.map((sweep) => sweep.stop()))),
    ]);
    for (const resource of this.definition.resources) await this.step(resource.name, () => resource.stop());
    await this.step('outbox', () => messaging?.relay.flush());
    messaging?.relay.stop();
    await this.step('bus', () => messaging?.bus.close());
    if (this.hasDatabase) await this.step('database', () => disconnectDatabase());
  }

  private get hasDatabase(): boolean {
    return this.definition.models.length > 0;
  }

  private get context(): ServiceContext {
    if (!this.messaging) throw new Error(`${this.definition.name} has resources, and they need the bus: natsSettings`);
    return { bus: this.messaging.bus, log: this.log };
  }

  private async startDatabase(): Promise<void> {
    const { signal } = this.giveUp;
    await connectDatabase(this.definition.config.value.MONGO_URI ?? '', this.log, signal);
    await prepareModels([...this.definition.models, ...(this.messaging?.models ?? [])], this.log, signal);
    if (this.draining) return;
    this.messaging?.relay.start();
  }

  private async startConsuming(): Promise<void> {
    try {
      await this.messaging?.startConsuming();
    } catch (error) {
      if (!this.draining) throw error;
    }
  }

  private createApp(): Express {
    const { name, config, routes, webhooks } = this.definition;
    const gate = Router().use((_req, _res, next) => {
      if (!this.started) throw new ServiceUnavailableError('dependency_unavailable', `${name} is still starting`);
      next();
    });
    return createApp({
      name,
      settings: config.value,
      webhooks: [gate, ...webhooks.map(({ router }) => router)],
      routes: [documentRoute(this.definition), ...routes.map(({ router }) => router)],
      log: this.log,
      health: { ready: () => this.started && !this.draining, dependencies: () => this.dependencies() },
    });
  }

  private dependencies(): Record<string, 'up' | 'down'> {
    const { messaging, definition } = this;
    return {
      ...(this.hasDatabase && { mongodb: databaseState() }),
      ...(messaging && { 'nats-streaming': messaging.bus.state === 'connected' ? ('up' as const) : ('down' as const) }),
      ...Object.fromEntries(definition.resources.map((resource) => [resource.name, resource.state()])),
    };
  }

  private async step(what: string, run: () => Promise<unknown> | undefined): Promise<void> {
    try {
      await run();
    } catch (error) {
      this.log.error({ what, error }, 'could not be stopped cleanly');
    }
  }
}
