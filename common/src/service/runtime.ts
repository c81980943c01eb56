import type { Server } from 'node:http';
import { hostname } from 'node:os';
import { Router, type Express } from 'express';
import { createHttpTerminator } from 'http-terminator';
import { createApp, ServiceUnavailableError } from '../http';
import {
  Consumer,
  isAggregate,
  leftWithBroker,
  OutboxRelay,
  ParkedEvent,
  ParkingLot,
  type EventBus,
} from '../messaging';
import { connectDatabase, databaseState, disconnectDatabase, prepareModels } from '../persistence';
import { consumerLag } from '../http/metrics';
import type { ServiceDefinition } from './define-service';
import type { Logger } from './logger';
import { byOneReplica, Periodic, seconds, type Sweep } from './periodic';

const HTTP_GRACE_MILLISECONDS = 4000;

/** A service at work: everything its definition names, started and stopped in order. */
export class ServiceRuntime {
  readonly app: Express;
  /** Events that wait for another try; undefined where there is no database to keep them. */
  readonly parkingLot: ParkingLot | undefined;

  /** Resolves when the service listens to the bus. */
  consuming: Promise<void> = Promise.resolve();

  private readonly relay: OutboxRelay;
  private readonly consumer: Consumer;
  private readonly sweeps: Periodic[];
  private readonly giveUp = new AbortController();
  private stopHttp: () => Promise<void> = () => Promise.resolve();
  private started = false;
  private draining = false;

  constructor(
    private readonly definition: ServiceDefinition,
    private readonly bus: EventBus,
    private readonly log: Logger,
  ) {
    const listeners = definition.listeners.map((Listener) => new Listener());
    this.parkingLot = this.hasDatabase ? new ParkingLot(listeners, log) : undefined;
    this.consumer = new Consumer(bus, `${definition.name}-service`, listeners, this.parkingLot ?? leftWithBroker, log);
    this.relay = new OutboxRelay(bus, definition.models.filter(isAggregate), log);
    this.sweeps = this.allSweeps().map((sweep) => new Periodic(sweep, log));
    this.app = this.createApp();
  }

  /** Answers on `port`: until `start` is done only about its own health. @returns the port taken */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const server: Server = this.app.listen(port, (error?: Error) => {
        if (error) return reject(error);
        const address = server.address();
        resolve(typeof address === 'object' && address ? address.port : port);
      });
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
    for (const resource of this.definition.resources) await resource.start({ bus: this.bus, log: this.log });
    this.consuming = this.startConsuming();
    if (!this.hasDatabase) await this.consuming;
    for (const sweep of this.sweeps) sweep.start();
    this.started = true;
  }

  /** Not ready, take nothing new, finish what is in hand, send what it announced, and leave. */
  async stop(): Promise<void> {
    this.draining = true;
    this.giveUp.abort();
    await this.step('sweeps', () => Promise.all(this.sweeps.map((sweep) => sweep.stop())));
    await this.step('requests', () => this.stopHttp());
    await this.step('events', () => this.consumer.stop());
    for (const resource of this.definition.resources) await this.step(resource.name, () => resource.stop());
    await this.step('outbox', () => this.relay.flush());
    this.relay.stop();
    await this.step('bus', () => this.bus.close());
    if (this.hasDatabase) await this.step('database', () => disconnectDatabase());
  }

  /** Resolves when every event that this process announced has been sent, or left to a sweep. */
  flushOutbox(): Promise<void> {
    return this.relay.flush();
  }

  private get hasDatabase(): boolean {
    return this.definition.models.length > 0;
  }

  private get usesBus(): boolean {
    return this.definition.listeners.length > 0 || this.definition.models.some(isAggregate);
  }

  private async startDatabase(): Promise<void> {
    await connectDatabase(this.definition.config.value.MONGO_URI ?? '', this.log, this.giveUp.signal);
    await prepareModels(this.usesBus ? [...this.definition.models, ParkedEvent] : this.definition.models);
    this.relay.start();
  }

  private async startConsuming(): Promise<void> {
    if (!this.usesBus) return;
    try {
      await this.bus.connect();
      await this.consumer.start();
    } catch (error) {
      if (!this.draining) throw error;
    }
  }

  private createApp(): Express {
    const { name, config, routes, webhooks } = this.definition;
    const gate = Router().use((_req, _res, next) => {
      next(
        this.started ? undefined : new ServiceUnavailableError('dependency_unavailable', `${name} is still starting`),
      );
    });
    return createApp({
      name,
      settings: config.value,
      webhooks: [gate, ...webhooks],
      routes,
      log: this.log,
      health: { ready: () => this.started && !this.draining, dependencies: () => this.dependencies() },
    });
  }

  private dependencies(): Record<string, 'up' | 'down'> {
    const resources = this.definition.resources.map((resource) => [resource.name, resource.state()] as const);
    return {
      ...(this.hasDatabase && { mongodb: databaseState() }),
      ...(this.usesBus && { 'nats-streaming': this.bus.state === 'connected' ? ('up' as const) : ('down' as const) }),
      ...Object.fromEntries(resources),
    };
  }

  private allSweeps(): Sweep[] {
    const own = this.definition.sweeps.map(byOneReplica);
    const lag: Sweep = { name: 'consumer lag', every: seconds(5), run: () => this.measureLag() };
    if (!this.parkingLot || !this.usesBus) return this.usesBus ? [...own, lag] : own;
    const { parkingLot, relay } = this;
    return [
      ...own,
      lag,
      byOneReplica({ name: 'outbox', every: seconds(1), run: () => relay.sweep() }),
      { name: 'parked events', every: seconds(1), run: () => parkingLot.retryDue() },
      { name: 'measures', every: seconds(5), run: () => Promise.all([relay.measure(), parkingLot.measure()]) },
    ];
  }

  private async measureLag(): Promise<void> {
    const group = `${this.definition.name}-service`;
    for (const lag of (await this.bus.consumerLag?.()) ?? []) {
      if (lag.group === group) consumerLag.set({ subject: lag.subject }, lag.behind);
    }
  }

  private async step(what: string, run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (error) {
      this.log.error({ what, error }, 'could not be stopped cleanly');
    }
  }
}

/** What this process is called at the broker: unique on one host, and in a cluster, where a pod's name is its host. */
export function clientIdOf(service: string, given: string | undefined): string {
  return given ?? `${service}-${hostname()}-${process.pid}`.replace(/[^\w-]/g, '-');
}
