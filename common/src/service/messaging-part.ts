import {
  Consumer,
  isAggregate,
  leftWithBroker,
  OutboxRelay,
  ParkedEvent,
  ParkingLot,
  type EventBus,
} from '../messaging';
import { consumerLag } from '../http/metrics';
import type { AnyModel } from '../persistence';
import type { ServiceDefinition } from './define-service';
import type { Logger } from './logger';
import { byOneReplica, seconds, type Sweep } from './periodic';

/** What a service has to do with the bus: it hears by its consumer, speaks by its relay, and keeps what went wrong. */
export class MessagingPart {
  /** Events that wait for another try; undefined where there is no database to keep them. */
  readonly parkingLot: ParkingLot | undefined;
  readonly relay: OutboxRelay;
  /** Collections that messaging itself needs in the service's database. */
  readonly models: readonly AnyModel[] = [ParkedEvent];
  private readonly consumer: Consumer;
  private readonly group: string;

  constructor(
    { name, listeners, models }: ServiceDefinition,
    readonly bus: EventBus,
    log: Logger,
  ) {
    this.group = `${name}-service`;
    const atWork = listeners.map((Listener) => new Listener());
    this.parkingLot = models.length > 0 ? new ParkingLot(atWork, log) : undefined;
    this.consumer = new Consumer(bus, this.group, atWork, this.parkingLot ?? leftWithBroker, log);
    this.relay = new OutboxRelay(bus, models.filter(isAggregate), log);
  }

  /** Resolves when every listener has joined its queue group, however long the broker takes to come. */
  async startConsuming(): Promise<void> {
    await this.bus.connect();
    await this.consumer.start();
  }

  /** Takes nothing new, and resolves when the events in hand are settled. */
  stopConsuming(): Promise<void> {
    return this.consumer.stop();
  }

  /** What messaging looks after from time to time. */
  sweeps(): Sweep[] {
    const { parkingLot, relay } = this;
    const lag: Sweep = { name: 'consumer lag', every: seconds(5), run: () => this.measureLag() };
    if (!parkingLot) return [lag];
    return [
      lag,
      byOneReplica({ name: 'outbox', every: seconds(1), run: (signal) => relay.sweep(signal) }),
      { name: 'parked events', every: seconds(1), run: (signal) => parkingLot.retryDue(signal) },
      { name: 'measures', every: seconds(5), run: () => Promise.all([relay.measure(), parkingLot.measure()]) },
    ];
  }

  private async measureLag(): Promise<void> {
    for (const lag of (await this.bus.consumerLag?.()) ?? []) {
      if (lag.group === this.group) consumerLag.set({ subject: lag.subject }, lag.behind);
    }
  }
}
