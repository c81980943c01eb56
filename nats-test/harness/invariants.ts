import type { AnyEvent } from '@ticketing/common';
import { compareBooks, describeFinding, orderEntry, paymentEntry } from '@ticketing/local';
import type { OrderRecord, TicketRecord, World } from './world';

/** Sweeps come round every five seconds and take a moment. */
const OVERDUE_MILLISECONDS = 10_000;

/**
 * What in a quiet system is not as it must be, each as a sentence: nobody has a ticket together with somebody else,
 * money and orders agree, every service knows what the others have told, and no order expired early.
 */
export function violationsOf(world: World): string[] {
  return [
    ...doubleSales(world),
    ...wrongMoney(world),
    ...staleReplicas(world),
    ...world.unsent.map((event) => `${event} was never sent`),
    ...world.parked.map((event) => `${event} was never handled`),
    ...unannounced(world),
    ...wrongTimes(world),
    ...ownPurchases(world),
    ...wrongLocks(world),
    ...withdrawnUnderOrders(world),
  ];
}

function doubleSales({ orders }: World): string[] {
  const holders = groupBy(orders.filter(isOpen), (order) => String(order.ticket.id));
  return [...holders]
    .filter(([, open]) => open.length > 1)
    .map(([ticket, open]) => `${open.length} orders have ticket ${ticket}`);
}

/** In a quiet system nobody pays any more, so that no order is waited for. */
function wrongMoney({ orders, payments, ledger }: World): string[] {
  const books = { orders: orders.map(orderEntry), payments: payments.map(paymentEntry), intents: ledger };
  const { findings, open } = compareBooks(books);
  return [
    ...findings.map(describeFinding),
    ...open.filter(({ held }) => held > 0).map(({ orderId, held }) => `open order ${orderId} holds ${held} cents`),
  ];
}

function staleReplicas({ orders, payments, tickets, ticketReplicas }: World): string[] {
  const paymentOf = new Map(payments.map((payment) => [String(payment.orderId), payment]));
  const ticketOf = new Map(tickets.map((ticket) => [idOf(ticket), ticket]));
  const replicaOf = new Map(ticketReplicas.map((replica) => [idOf(replica), replica]));
  return [
    ...orders.flatMap((order) => {
      const inPayments = paymentOf.get(idOf(order))?.order;
      const inTickets = ticketOf.get(String(order.ticket.id))?.orders.find(({ id }) => id === idOf(order));
      return [
        ...(agrees(order, inPayments) ? [] : [`payments does not know order ${idOf(order)} as it is`]),
        ...(agrees(order, inTickets) ? [] : [`tickets does not know order ${idOf(order)} as it is`]),
      ];
    }),
    ...tickets
      .filter((ticket) => !isKnown(ticket, replicaOf.get(idOf(ticket))))
      .map((ticket) => `orders does not know ticket ${idOf(ticket)} as it is`),
  ];
}

/** The present state of everything was said, no version was said in two ways, and nothing that is nowhere. */
function unannounced({ orders, tickets, history }: World): string[] {
  const said = groupBy(history.filter(isState), (event) => `${event.subject} ${event.data.version}`);
  const present = [...orders, ...tickets].map((record) => `${idOf(record)} ${record.version}`);
  const known = new Set([...orders, ...tickets].map(idOf));
  const kindOf = new Map(history.filter(isState).map(({ subject, type }) => [subject, type.split(':')[0]]));
  return [
    ...[...kindOf]
      .filter(([subject]) => !known.has(subject))
      .map(([subject, kind]) => `${kind} ${subject} was announced and is nowhere`),
    ...present.filter((state) => !said.has(state)).map((state) => `the state ${state} was never announced`),
    ...[...said]
      .filter(([, events]) => new Set(events.map(({ data }) => JSON.stringify(data))).size > 1)
      .map(([state]) => `the state ${state} was announced in different ways`),
  ];
}

function wrongTimes({ orders, history }: World): string[] {
  const early = history.filter(
    ({ type, time, data }) => type === 'order:cancelled' && data.reason === 'expired' && time < data.expiresAt,
  );
  const overdue = orders.filter(
    ({ status, expiresAt }) => status === 'created' && expiresAt.getTime() + OVERDUE_MILLISECONDS < Date.now(),
  );
  return [
    ...early.map(({ subject }) => `order ${subject} expired early`),
    ...overdue.map((order) => `order ${idOf(order)} should have expired`),
  ];
}

function ownPurchases({ orders, tickets }: World): string[] {
  const sellers = new Map(tickets.map((ticket) => [idOf(ticket), ticket.userId]));
  return orders
    .filter((order) => sellers.get(String(order.ticket.id)) === order.userId)
    .map((order) => `order ${idOf(order)} is by the seller of its ticket`);
}

function wrongLocks({ orders, tickets }: World): string[] {
  const holders = new Map(orders.filter(isOpen).map((order) => [String(order.ticket.id), order]));
  return tickets.flatMap((ticket) => {
    const holder = holders.get(idOf(ticket));
    const expected = holder === undefined ? 'available' : holder.status === 'complete' ? 'sold' : 'reserved';
    const isRight = ticket.status === expected && ticket.orderId === (holder && idOf(holder));
    return isRight ? [] : [`ticket ${idOf(ticket)} is ${ticket.status} where it should be ${expected}`];
  });
}

/** Whoever has ordered a ticket that is withdrawn has it no more, unless the sale was faster. */
function withdrawnUnderOrders({ orders, ticketReplicas }: World): string[] {
  const withdrawn = new Set(ticketReplicas.filter((replica) => replica.withdrawn).map(idOf));
  return orders
    .filter(({ status, ticket }) => status === 'created' && withdrawn.has(String(ticket.id)))
    .map((order) => `order ${idOf(order)} is open on a withdrawn ticket`);
}

const idOf = ({ _id }: { readonly _id: unknown }) => String(_id);
const isOpen = ({ status }: OrderRecord) => status !== 'cancelled';

function agrees(one: { version: number; status: string }, other: { version: number; status: string } | undefined) {
  return other?.version === one.version && other.status === one.status;
}

function isKnown(ticket: TicketRecord, replica: World['ticketReplicas'][number] | undefined): boolean {
  if (replica?.version !== ticket.version) return false;
  const isWithdrawn = ticket.deletedAt !== undefined && ticket.status !== 'sold';
  if (isWithdrawn) return replica.withdrawn === true;
  return !replica.withdrawn && replica.title === ticket.title && replica.price === ticket.price;
}

type StateEvent = Extract<AnyEvent, { data: { version: number } }>;

function isState(event: AnyEvent): event is StateEvent {
  return 'version' in event.data;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
