import { DEFAULT_MAX_IN_FLIGHT, type BusMessage, type Subscription } from '../messaging/event-bus';

export interface BrokerOptions {
  /** Until an unacknowledged message is delivered again, whatever the subscription says: tests can't wait seconds. */
  readonly ackWaitMs?: number;
  /** Messages overtake each other on their way to a group. */
  readonly reorder?: boolean;
  /** About every second message reaches a group twice. */
  readonly duplicate?: boolean;
  /** The same seed takes the same decisions. */
  readonly seed?: number;
}

export type StoredMessage = Omit<BusMessage, 'redelivered'>;

const MAX_TRANSIT_MS = 20;

/** What the clients of an in-process bus share: the stored messages and how far each group has come. */
export class InProcessBroker {
  readonly stored: StoredMessage[] = [];
  private readonly groups = new Map<string, Group>();
  private readonly lastSequences = new Map<string, number>();
  private readonly network: Network;
  private readonly ackWaitMs: number;
  private idleWaiters: (() => void)[] = [];

  constructor({ ackWaitMs = 1000, ...disorder }: BrokerOptions) {
    this.ackWaitMs = ackWaitMs;
    this.network = new Network(disorder);
  }

  store(subject: string, payload: string): void {
    const message = { subject, sequence: (this.lastSequences.get(subject) ?? 0) + 1, payload };
    this.lastSequences.set(subject, message.sequence);
    this.stored.push(message);
    for (const group of this.groups.values()) if (group.subject === subject) group.offer(message);
  }

  join(subscription: Subscription): Member {
    const member = new Member(subscription, this.groupOf(subscription), this.ackWaitMs);
    member.group.join(member);
    return member;
  }

  /** Resolves when no message is on its way to a group that has members, nor in their hands. */
  async idle(): Promise<void> {
    if (this.isIdle) return;
    await new Promise<void>((resolve) => this.idleWaiters.push(resolve));
  }

  private get isIdle(): boolean {
    return [...this.groups.values()].every((group) => group.isIdle);
  }

  private groupOf({ subject, group: name }: Subscription): Group {
    const key = JSON.stringify([subject, name]);
    const known = this.groups.get(key);
    if (known) return known;

    const group = new Group(subject, this.network, () => this.onProgress());
    this.groups.set(key, group);
    for (const message of this.stored) if (message.subject === subject) group.offer(message);
    return group;
  }

  private onProgress(): void {
    if (!this.isIdle) return;
    const waiters = this.idleWaiters;
    this.idleWaiters = [];
    for (const resolve of waiters) resolve();
  }
}

/** One message on its way to one group, until a member has acknowledged it. */
interface Delivery {
  readonly message: StoredMessage;
  redelivered: boolean;
}

/** A durable queue group: every message goes to one of its members; the place stays when the members leave. */
class Group {
  private readonly members = new Set<Member>();
  private readonly unacknowledged = new Set<Delivery>();
  private waiting: Delivery[] = [];

  constructor(
    readonly subject: string,
    private readonly network: Network,
    private readonly onProgress: () => void,
  ) {}

  get isIdle(): boolean {
    return this.members.size === 0 || this.unacknowledged.size === 0;
  }

  join(member: Member): void {
    this.members.add(member);
    this.distribute();
  }

  leave(member: Member): void {
    this.members.delete(member);
    this.onProgress();
  }

  offer(message: StoredMessage): void {
    for (const redelivered of this.network.copies()) {
      const delivery = { message, redelivered };
      this.unacknowledged.add(delivery);
      this.network.carry(() => this.arrive(delivery));
    }
  }

  acknowledge(delivery: Delivery): void {
    this.unacknowledged.delete(delivery);
    this.waiting = this.waiting.filter((other) => other !== delivery);
    this.distribute();
    this.onProgress();
  }

  giveBack(delivery: Delivery): void {
    if (!this.unacknowledged.has(delivery)) return;
    delivery.redelivered = true;
    this.arrive(delivery);
  }

  private arrive(delivery: Delivery): void {
    this.waiting.push(delivery);
    this.distribute();
  }

  private distribute(): void {
    for (;;) {
      const free = [...this.members].filter((member) => member.hasRoom);
      const member = free.sort((a, b) => a.inHand - b.inHand)[0];
      const delivery = member && this.waiting.shift();
      if (!delivery) return;
      member.take(delivery);
    }
  }
}

/** One subscription of one connected client. */
export class Member {
  private readonly ackTimers = new Map<Delivery, NodeJS.Timeout>();
  private readonly handlers = new Set<Promise<void>>();
  private taking = true;

  constructor(
    private readonly subscription: Subscription,
    readonly group: Group,
    private readonly ackWaitMs: number,
  ) {}

  get inHand(): number {
    return this.ackTimers.size;
  }

  get hasRoom(): boolean {
    return this.taking && this.inHand < (this.subscription.maxInFlight ?? DEFAULT_MAX_IN_FLIGHT);
  }

  take(delivery: Delivery): void {
    this.ackTimers.set(
      delivery,
      setTimeout(() => this.release(delivery), this.ackWaitMs),
    );
    const handler = this.handle(delivery).finally(() => this.handlers.delete(handler));
    this.handlers.add(handler);
  }

  /** Takes no more; resolves when its handlers have finished, or when their messages would be delivered again. */
  async drain(): Promise<void> {
    this.taking = false;
    let timer: NodeJS.Timeout | undefined;
    const ackWaitOver = new Promise<void>((resolve) => (timer = setTimeout(resolve, this.ackWaitMs)));
    await Promise.race([Promise.all(this.handlers), ackWaitOver]);
    clearTimeout(timer);
  }

  /** What is still in hand goes to the other members at once; an acknowledgement that comes later is lost. */
  leave(): void {
    this.taking = false;
    this.group.leave(this);
    for (const delivery of [...this.ackTimers.keys()]) this.release(delivery);
  }

  private async handle(delivery: Delivery): Promise<void> {
    await new Promise(setImmediate);
    try {
      await this.subscription.onMessage({ ...delivery.message, redelivered: delivery.redelivered });
    } catch {
      return; // not acknowledged: its timer gives it back
    }
    if (!this.ackTimers.has(delivery)) return;
    this.forget(delivery);
    this.group.acknowledge(delivery);
  }

  private release(delivery: Delivery): void {
    this.forget(delivery);
    this.group.giveBack(delivery);
  }

  private forget(delivery: Delivery): void {
    clearTimeout(this.ackTimers.get(delivery));
    this.ackTimers.delete(delivery);
  }
}

/** The way from the broker to a group, as well-behaved or not as the test wants it. */
class Network {
  private readonly random: () => number;

  constructor(private readonly disorder: Omit<BrokerOptions, 'ackWaitMs'>) {
    this.random = mulberry32(disorder.seed ?? 1);
  }

  /** Which copies of a message arrive: each is marked as redelivered or not. */
  copies(): boolean[] {
    return this.disorder.duplicate && this.random() < 0.5 ? [false, true] : [false];
  }

  carry(arrive: () => void): void {
    if (this.disorder.reorder) setTimeout(arrive, this.random() * MAX_TRANSIT_MS);
    else arrive();
  }
}

/** A small seeded random generator: `Math.random` can't be told to take the same decisions again. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
