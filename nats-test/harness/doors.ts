import type { Server, Service } from './links';
import type { Order, Ticket } from './shop';
import { codeOf, type Answer, type Visitor } from './visitor';

/** What is at hand when an outage begins: a ticket that can be reserved, and an order that can be paid. */
export interface Scene {
  readonly seller: Visitor;
  readonly buyer: Visitor;
  readonly stranger: Visitor;
  readonly ticket: Ticket;
  readonly order: Order;
  /** The one that the order has. */
  readonly reserved: Ticket;
}

export interface Door {
  readonly service: Service;
  readonly name: string;
  /** What it can't answer without. */
  readonly needs: readonly Server[];
  ask(scene: Scene): Promise<Answer>;
}

const details = { title: 'A seat in the gallery', price: 20 };

export const doors: readonly Door[] = [
  { service: 'auth', name: 'sign in', needs: ['mongodb'], ask: ({ seller }) => seller.signIn() },
  { service: 'auth', name: 'who am I', needs: [], ask: ({ buyer }) => buyer.get('/api/users/currentuser') },
  { service: 'auth', name: 'sign out', needs: [], ask: ({ stranger }) => stranger.post('/api/users/signout', {}) },
  { service: 'tickets', name: 'list tickets', needs: ['mongodb'], ask: ({ stranger }) => stranger.get('/api/tickets') },
  {
    service: 'tickets',
    name: 'show a ticket',
    needs: ['mongodb'],
    ask: ({ stranger, ticket }) => stranger.get(`/api/tickets/${ticket.id}`),
  },
  {
    service: 'tickets',
    name: 'offer a ticket',
    needs: ['mongodb'],
    ask: ({ seller }) => seller.post('/api/tickets', details),
  },
  { service: 'orders', name: 'list orders', needs: ['mongodb'], ask: ({ buyer }) => buyer.get('/api/orders') },
  {
    service: 'orders',
    name: 'show an order',
    needs: ['mongodb'],
    ask: ({ buyer, order }) => buyer.get(`/api/orders/${order.id}`),
  },
  {
    service: 'orders',
    name: 'reserve',
    needs: ['mongodb'],
    ask: ({ buyer, ticket }) => buyer.post('/api/orders', { ticketId: ticket.id }),
  },
  {
    service: 'payments',
    name: 'list payments',
    needs: ['mongodb'],
    ask: ({ buyer, order }) => buyer.get(`/api/payments?orderId=${order.id}`),
  },
  {
    service: 'payments',
    name: 'pay',
    needs: ['mongodb', 'stripe'],
    ask: ({ buyer, order }) => buyer.post('/api/payments', { orderId: order.id, token: 'tok_visa' }),
  },
];

/** How an answer may be. */
export interface Outcome {
  is(answer: Answer): boolean;
  /** Milliseconds. */
  readonly within: number;
}

/** However busy the machine is: nobody has waited for the other server. */
export const served: Outcome = { is: ({ status }) => status >= 200 && status < 300, within: 10_000 };
export const servedLate: Outcome = { ...served, within: 20_000 };
const refused: Outcome = { is: isRefusal('dependency_unavailable'), within: 2000 };
/** Stripe was asked, and has not answered. */
const outcomeUnknown: Outcome = { is: isRefusal('payment_outcome_unknown'), within: 20_000 };

function isRefusal(code: string) {
  return (answer: Answer) => answer.status === 503 && codeOf(answer) === code && (answer.retryAfter ?? 0) > 0;
}

/** A line that does not do its work. */
export interface Outage {
  readonly service: Service;
  readonly server: Server;
}

type Expectation = (door: Door) => readonly Outcome[];

/** The doors of the service that need the server refuse, and all others serve. */
export function whileDead(outage: Outage): Expectation {
  return (door) => [isHit(door, outage) ? refusalFor(outage) : served];
}

/** As before, but those that are hit may as well meet a connection that works. */
export function whileLost(outage: Outage): Expectation {
  return (door) => (isHit(door, outage) ? [served, refusalFor(outage)] : [served]);
}

/** Knocks at every door at once. @returns what is not as it should be, as sentences */
export async function knock(scene: Scene, expected: Expectation): Promise<string[]> {
  const complaints = doors.map(async (door) => {
    const begin = Date.now();
    const answer = await door.ask(scene);
    const milliseconds = Date.now() - begin;
    const isRight = expected(door).some((outcome) => outcome.is(answer) && milliseconds <= outcome.within);
    return isRight ? [] : [`${door.name}: ${answer.status} ${codeOf(answer) ?? ''} after ${milliseconds} ms`];
  });
  return (await Promise.all(complaints)).flat();
}

const isHit = ({ service, needs }: Door, outage: Outage) => service === outage.service && needs.includes(outage.server);
const refusalFor = ({ server }: Outage) => (server === 'stripe' ? outcomeUnknown : refused);
