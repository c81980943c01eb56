import { Deferred } from '../messaging/deferred';
import { BusUnavailableError, type BusState, type EventBus, type Subscription } from '../messaging/event-bus';
import { InProcessBroker, type BrokerOptions, type Member, type StoredMessage } from './in-process-broker';

export type InProcessBusOptions = BrokerOptions;

/**
 * A bus inside one process, with the promises of a broker: durable groups, at least once, and on demand out of order,
 * twice, or out of reach. It is a client and its broker in one; `peer()` gives further clients of the same broker.
 */
export class InProcessBus implements EventBus {
  private readonly subscriptions: Subscription[] = [];
  private members: Member[] = [];
  private nextConnection = new Deferred();
  private wantsConnection = false;
  private reachable = true;
  private acksToLose = 0;
  private closing: Promise<void> | undefined;
  private current: BusState = 'connecting';

  constructor(
    options: InProcessBusOptions = {},
    private readonly broker = new InProcessBroker(options),
  ) {}

  get state(): BusState {
    return this.current;
  }

  async connect(): Promise<void> {
    this.assertNotClosed();
    this.wantsConnection = true;
    if (this.reachable) this.onConnected();
    if (this.current !== 'connected') await this.nextConnection.promise;
  }

  async publish(subject: string, payload: string): Promise<void> {
    this.assertConnected();
    await new Promise(setImmediate);
    this.assertConnected();
    this.broker.store(subject, payload);
    if (this.acksToLose === 0) return;
    this.acksToLose -= 1;
    throw new BusUnavailableError('the acknowledgement was lost');
  }

  async subscribe(subscription: Subscription): Promise<void> {
    this.assertNotClosed();
    this.subscriptions.push(subscription);
    if (this.current === 'connected') this.members.push(this.broker.join(subscription));
    else await this.nextConnection.promise;
  }

  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  /** Another client of the same broker, as a second process would be. */
  peer(): InProcessBus {
    return new InProcessBus({}, this.broker);
  }

  /** Takes the broker out of this client's reach, like a cut cable: acknowledgements of running handlers are lost. */
  disconnect(): void {
    this.reachable = false;
    if (this.current !== 'connected') return;
    this.current = 'disconnected';
    this.nextConnection = new Deferred();
    this.leave();
  }

  reconnect(): void {
    this.reachable = true;
    if (this.wantsConnection) this.onConnected();
  }

  /** The next publishes are stored and reject all the same, as when the answer gets lost on its way. */
  loseNextAcks(count = 1): void {
    this.acksToLose = count;
  }

  /** Everything that was ever stored, oldest first. */
  published(subject?: string): readonly StoredMessage[] {
    return this.broker.stored.filter((message) => subject === undefined || message.subject === subject);
  }

  /** Resolves when every message has been acknowledged by every group that has members. */
  idle(): Promise<void> {
    return this.broker.idle();
  }

  private async shutDown(): Promise<void> {
    await Promise.all(this.members.map((member) => member.drain()));
    this.leave();
    this.current = 'closed';
    this.nextConnection.reject(new BusUnavailableError('the bus was closed'));
  }

  private onConnected(): void {
    if (this.current === 'connected' || this.current === 'closed') return;
    this.current = 'connected';
    this.members = this.subscriptions.map((subscription) => this.broker.join(subscription));
    this.nextConnection.resolve();
  }

  private assertNotClosed(): void {
    if (this.closing) throw new BusUnavailableError('the bus was closed');
  }

  private assertConnected(): void {
    if (this.current !== 'connected') throw new BusUnavailableError(`the bus is ${this.current}`);
  }

  private leave(): void {
    for (const member of this.members.splice(0)) member.leave();
  }
}
