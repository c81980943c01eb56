import type { OrderRecord, TicketRecord, World } from './world';

/**
 * What people did in a market and were told there, and what may be true of it because of that. Where two deeds raced
 * each other, or an answer was lost, more than one end may be; where nothing did, there is one.
 */

/** How a deed was answered. One that was refused may have been done all the same, when an earlier answer got lost. */
export type Answer = 'awaited' | 'granted' | 'refused';
export type DeedKind = 'cancel' | 'pay' | 'pay with a bad card' | 'refund';

export interface Deed {
  readonly kind: DeedKind;
  answer: Answer;
}

export interface Edit {
  readonly price: number;
  answer: Answer;
}

export interface MarketTicket {
  readonly id: string;
  readonly seller: number;
  /** As it was when the market was last at rest; later ones are in `edits`. */
  price: number;
  edits: Edit[];
  withdrawal: Answer | undefined;
}

export interface MarketOrder {
  readonly id: string;
  readonly buyer: number;
  readonly ticket: MarketTicket;
  readonly expiresAt: number;
  /** Its state when the market was last at rest: its status, and the reason after it. */
  seen: string;
  readonly deeds: Deed[];
}

/** A sweep comes round every five seconds, and takes a moment. */
const OVERDUE_MILLISECONDS = 10_000;

export class Market {
  readonly tickets: MarketTicket[] = [];
  readonly orders: MarketOrder[] = [];

  list(id: string, seller: number, price: number): void {
    this.tickets.push({ id, seller, price, edits: [], withdrawal: undefined });
  }

  reserve(id: string, buyer: number, ticket: MarketTicket, expiresAt: number): void {
    if (this.orders.some((order) => order.id === id)) return;
    this.orders.push({ id, buyer, ticket, expiresAt, seen: 'created', deeds: [] });
  }

  /** Orders that nobody has seen the end of. */
  get openOrders(): MarketOrder[] {
    return this.orders.filter(({ seen }) => seen === 'created');
  }

  get paidOrders(): MarketOrder[] {
    return this.orders.filter((order) => order.seen === 'complete' || did(order, 'pay'));
  }

  /** What in a market at rest is not as its people were told, each as a sentence. */
  contradictions(world: World, now = Date.now()): string[] {
    const orders = byId(world.orders);
    const tickets = byId(world.tickets);
    return [
      ...this.orders.flatMap((order) => wrongEnd(order, orders.get(order.id), now)),
      ...this.tickets.flatMap((ticket) => wrongTicket(ticket, tickets.get(ticket.id))),
    ];
  }

  /** Takes what the market has come to for what it is from now on. */
  learn(world: World): void {
    const orders = byId(world.orders);
    const tickets = byId(world.tickets);
    for (const order of this.orders) order.seen = endOf(orders.get(order.id)) ?? order.seen;
    for (const ticket of this.tickets) {
      ticket.price = tickets.get(ticket.id)?.price ?? ticket.price;
      ticket.edits = [];
    }
  }
}

/** What an order may be once the market is at rest. */
export function endsOf(order: MarketOrder, now: number): string[] {
  if (order.seen.startsWith('cancelled')) return [order.seen];
  if (order.seen === 'complete') return endsOfSale(order);
  if (did(order, 'cancel')) return endsWithoutSale(order, now);
  const sold = may(order, 'pay') ? endsOfSale(order) : [];
  return [...new Set([...(mayBeOpen(order, now) ? ['created'] : []), ...sold, ...endsWithoutSale(order, now)])];
}

function mayBeOpen(order: MarketOrder, now: number): boolean {
  const hasMoney = did(order, 'pay') || did(order, 'pay with a bad card');
  return !hasMoney && order.ticket.withdrawal !== 'granted' && now < order.expiresAt + OVERDUE_MILLISECONDS;
}

function endsWithoutSale(order: MarketOrder, now: number): string[] {
  return [
    ...(may(order, 'cancel') ? ['cancelled user'] : []),
    ...(order.ticket.withdrawal ? ['cancelled withdrawn'] : []),
    ...(now >= order.expiresAt ? ['cancelled expired'] : []),
    ...(may(order, 'pay with a bad card') ? ['cancelled unpaid'] : []),
    ...(may(order, 'refund') ? ['cancelled refunded'] : []),
  ];
}

function endsOfSale(order: MarketOrder): string[] {
  if (did(order, 'refund')) return ['cancelled refunded'];
  return may(order, 'refund') ? ['complete', 'cancelled refunded'] : ['complete'];
}

/** What the price of a ticket may be once the market is at rest. */
export function pricesOf({ price, edits }: MarketTicket): number[] {
  const possible = edits.map((edit) => edit.price);
  return edits.some(({ answer }) => answer === 'granted') ? possible : [price, ...possible];
}

function wrongEnd(order: MarketOrder, found: OrderRecord | undefined, now: number): string[] {
  const end = endOf(found) ?? 'nowhere';
  const ends = endsOf(order, now);
  return ends.includes(end) ? [] : [`order ${order.id} is ${end} where it can only be ${ends.join(' or ')}`];
}

function wrongTicket(ticket: MarketTicket, found: TicketRecord | undefined): string[] {
  const prices = pricesOf(ticket);
  const isThere = ticket.withdrawal !== 'granted' || found?.deletedAt !== undefined;
  return [
    ...(prices.includes(found?.price ?? NaN)
      ? []
      : [`ticket ${ticket.id} costs ${found?.price} where it can only cost ${prices.join(' or ')}`]),
    ...(isThere ? [] : [`ticket ${ticket.id} was withdrawn and is there`]),
  ];
}

function endOf(order: OrderRecord | undefined): string | undefined {
  return order && [order.status, ...(order.reason ? [order.reason] : [])].join(' ');
}

const may = ({ deeds }: MarketOrder, kind: DeedKind) => deeds.some((deed) => deed.kind === kind);
const did = ({ deeds }: MarketOrder, kind: DeedKind) =>
  deeds.some((deed) => deed.kind === kind && deed.answer === 'granted');

function byId<T extends { _id: unknown }>(records: readonly T[]): Map<string, T> {
  return new Map(records.map((record) => [String(record._id), record]));
}
