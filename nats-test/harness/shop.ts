import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  eventTypes,
  log,
  NatsStreamingBus,
  parseAnyEvent,
  type AnyEvent,
  type EventBus,
  type EventType,
} from '@ticketing/common';
import { buildEvent, TEST_JWT_KEY } from '@ticketing/common/testing';
import { startSystem, type System, type SystemOptions } from '@ticketing/local';
import { Types, type Connection } from 'mongoose';
import { Command } from './command';
import { violationsOf } from './invariants';
import { insist, Visitor, type Answer } from './visitor';
import { Observer, type World } from './world';

export interface Ticket {
  readonly id: string;
  readonly status: string;
  readonly price: number;
}
export interface Order {
  readonly id: string;
  readonly status: string;
  readonly reason?: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly ticket: { readonly id: string; readonly price: number };
}

/** How long a system that has just lost a part may take to come to rest: leases, retries and sweeps are in it. */
const REST_MILLISECONDS = 45_000;
const PAUSE_MILLISECONDS = 50;
/** Between two looks at what is under way, something may have gone from one to the other, but not this often. */
const LOOKS_AT_WHAT_STAYS = 20;

/** How the system is to differ from the one that `npm start` runs. */
export type ShopOptions = Pick<SystemOptions, 'adjust' | 'client' | 'machine' | 'onEnd' | 'onLine' | 'replicas'>;

/** The whole system as it runs for `npm start`, by default without its pages, on data of its own. */
export class Shop {
  private constructor(
    readonly system: System,
    /** Parts that ended without having been told to. */
    readonly fallen: readonly string[],
    private readonly observer: Observer,
    private readonly bus: EventBus,
    private readonly history: AnyEvent[],
    /** Where the system keeps its data. */
    readonly folder: string,
  ) {}

  static async open(settings: Record<string, string> = {}, options: ShopOptions = {}): Promise<Shop> {
    const folder = mkdtempSync(path.join(tmpdir(), 'flows-'));
    const fallen: string[] = [];
    const system = await startSystem({
      folder,
      given: { LOG_LEVEL: 'warn', JWT_KEY: TEST_JWT_KEY, ...settings },
      onEnd: ({ name }, ending) => fallen.push(`${name}: ${ending}`),
      ...options,
    });
    const observer = await Observer.at(system.part('mongodb').url, system.ledgerUrl ?? '');
    const history: AnyEvent[] = [];
    const bus = await overhear(system, history);
    return new Shop(system, fallen, observer, bus, history, folder);
  }

  async close(): Promise<void> {
    await this.observer.close();
    await this.bus.close();
    await this.system.stop();
    rmSync(this.folder, { recursive: true });
  }

  visitors(count: number): Promise<Visitor[]> {
    return Promise.all(Array.from({ length: count }, () => Visitor.signUp(this.system.url)));
  }

  /** Visitors whose sessions are signed here: an account costs a hash, which a thousand buyers need not pay for. */
  guests(count: number): Visitor[] {
    return Array.from({ length: count }, () => Visitor.withSession(this.system.url));
  }

  async list(seller: Visitor, price = 25): Promise<Ticket> {
    const details = { title: 'A seat in the stalls', price };
    return (await insist(() => seller.post('/api/tickets', details), [201])).body as Ticket;
  }

  async reserve(buyer: Visitor, ticketId: string): Promise<Order> {
    return (await insist(() => buyer.post('/api/orders', { ticketId }), [200, 201])).body as Order;
  }

  pay(buyer: Visitor, orderId: string, token = 'tok_visa', wanted = [200, 201]): Promise<Answer> {
    return insist(() => buyer.post('/api/payments', { orderId, token }), wanted);
  }

  /** Resolves when the order is as it should be, for its buyer and for everybody who looks at the ticket. */
  async orderIs(status: 'complete' | 'cancelled', buyer: Visitor, { id }: Order, ticket: Ticket): Promise<Order> {
    const order = await eventually(`order ${id} to be ${status}`, async () => {
      const { body } = await buyer.get(`/api/orders/${id}`);
      return (body as Order).status === status ? (body as Order) : undefined;
    });
    await this.ticketIs(status === 'complete' ? 'sold' : 'available', ticket);
    return order;
  }

  async ticketIs(status: string, { id }: Pick<Ticket, 'id'>): Promise<Ticket> {
    const stranger = Visitor.stranger(this.system.url);
    return eventually(`ticket ${id} to be ${status}`, async () => {
      const { body } = await stranger.get(`/api/tickets/${id}`);
      return (body as Ticket).status === status ? (body as Ticket) : undefined;
    });
  }

  /** Resolves when the order has ended one way or the other. */
  async settled(buyer: Visitor, { id }: Pick<Order, 'id'>): Promise<{ status: 'complete' | 'cancelled' }> {
    return eventually(`order ${id} to end`, async () => {
      const { status } = (await buyer.get(`/api/orders/${id}`)).body as Order;
      return status === 'complete' || status === 'cancelled' ? { status } : undefined;
    });
  }

  /** A ticket that was reserved and given back: everybody has heard of it, and it is free. */
  async freeTicket(seller: Visitor, buyer: Visitor): Promise<Ticket> {
    const ticket = await this.list(seller);
    const order = await this.reserve(buyer, ticket.id);
    await buyer.delete(`/api/orders/${order.id}`);
    return this.ticketIs('available', ticket);
  }

  /** Everything that was said, repetitions included. */
  get said(): readonly AnyEvent[] {
    return this.history;
  }

  /** Says something again, as a broker does that has missed an acknowledgement. */
  async repeat(event: AnyEvent): Promise<void> {
    await eventually(`the broker to take ${event.type}`, () =>
      this.say(event.type, JSON.stringify(event)).then(() => true),
    );
  }

  /** Moves the end of the orders' time to this moment, as waiting would. */
  async letExpire(orders: readonly Order[]): Promise<void> {
    const these = { _id: { $in: orders.map(({ id }) => new Types.ObjectId(id)) } };
    await this.database('orders')
      .collection('orders')
      .updateMany(these, { $set: { expiresAt: new Date() } });
  }

  /** Says that an order's time is up, as a timer does. */
  prompt({ id: orderId }: Order): Promise<void> {
    return this.repeat(buildEvent('expiration:complete', { orderId }));
  }

  /** Has the operator type a command: `npm run <words>`. */
  operate(...words: string[]): Promise<{ ending: string; said: string }> {
    return new Command(this.folder, ...words).end();
  }

  /** The database of a service, past the service. */
  database(service: 'tickets' | 'orders' | 'payments'): Connection {
    return this.observer.database(service);
  }

  /** Whether something of this type was said about the order. */
  heard(type: EventType, { id }: Pick<Order, 'id'>): boolean {
    return this.history.some((event) => event.type === type && event.subject === id);
  }

  /**
   * What Stripe's books say of the order, in cents, once nothing is held any more: an order is complete when its money is
   * authorised, and the capture follows.
   */
  moneyOf({ id }: Pick<Order, 'id'>): Promise<{ intents: number; captured: number; refunded: number }> {
    return eventually(`the money of order ${id} to be taken or let go`, async () => {
      const own = (await this.observer.ledger()).filter(({ orderId }) => orderId === id);
      const sum = (field: 'held' | 'captured' | 'refunded') => own.reduce((total, entry) => total + entry[field], 0);
      if (sum('held') > 0) return undefined;
      return { intents: own.length, captured: sum('captured'), refunded: sum('refunded') };
    });
  }

  /** Puts a message on the bus, whatever it is. */
  async say(type: EventType, payload: string): Promise<void> {
    await this.bus.publish(type, payload);
  }

  async buy(buyer: Visitor, ticket: Ticket): Promise<Order> {
    const order = await this.reserve(buyer, ticket.id);
    await this.pay(buyer, order.id);
    return this.orderIs('complete', buyer, order, ticket);
  }

  /** Resolves when everybody has acknowledged everything that was said. */
  async isQuiet(): Promise<void> {
    await eventually('everything to be acknowledged', async () => (await this.system.isBrokerIdle()) || undefined);
  }

  /** What is not as it must be in a quiet system, at this moment. */
  async violations(): Promise<string[]> {
    return violationsOf(await this.observer.look(this.history));
  }

  /**
   * Resolves when the system has come to rest and everything in it is as it must be.
   * @param further what else is not as it must be
   */
  comesToRest(further: (world: World) => readonly string[] = () => []): Promise<World> {
    return eventually('the invariants to hold', async () => {
      const world = await this.observer.look(this.history);
      const violations = [...violationsOf(world), ...further(world)];
      if (violations.length > 0) throw new Error(violations.join('\n'));
      return world;
    });
  }

  /** Resolves when something is wrong, and no event is under way any more that could heal it. */
  async breaks(wrong: RegExp): Promise<void> {
    let looks = 0;
    await eventually(`the invariants to be broken (${wrong.source})`, async () => {
      const world = await this.observer.look(this.history);
      const violations = violationsOf(world);
      const stays = violations.some((violation) => wrong.test(violation)) && (await this.hasNothingUnderWay(world));
      looks = stays ? looks + 1 : 0;
      if (looks < LOOKS_AT_WHAT_STAYS) throw new Error(violations.join('\n') || 'nothing is wrong');
      return true;
    });
  }

  private async hasNothingUnderWay({ unsent, parked }: World): Promise<boolean> {
    return unsent.length + parked.length === 0 && (await this.system.isBrokerIdle());
  }
}

/** Looks at the pace of a page, so that the looking does not slow down what it looks for. */
export async function eventually<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + REST_MILLISECONDS;
  let reason: unknown = 'it is not so';
  while (Date.now() < end) {
    try {
      const found = await look();
      if (found !== undefined) return found;
    } catch (error) {
      reason = error;
    }
    await delay(PAUSE_MILLISECONDS);
  }
  throw new Error(`waited in vain for ${what}: ${String(reason)}`, { cause: reason });
}

/** Listens to everything from the beginning, as a group of its own. */
async function overhear(system: System, history: AnyEvent[]): Promise<EventBus> {
  log.level = 'silent';
  const name = `flows-${randomUUID()}`;
  const url = system.part('nats-streaming').url;
  const bus = new NatsStreamingBus({ url, clusterId: 'ticketing', clientId: name, log });
  await bus.connect();
  const onMessage = ({ payload }: { payload: string }) => {
    const event = readEvent(payload);
    if (event) history.push(event);
    return Promise.resolve();
  };
  await Promise.all(eventTypes.map((subject) => bus.subscribe({ subject, group: name, onMessage })));
  return bus;
}

/** What is no event was said by a test. */
function readEvent(payload: string): AnyEvent | undefined {
  try {
    return parseAnyEvent(payload);
  } catch {
    return undefined;
  }
}
