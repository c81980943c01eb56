import { randomUUID } from 'node:crypto';
import { signEvent } from '../../infra/local/src/stripe/webhooks';
import { links, type Server, type Service } from '../harness/links';
import type { Order, Ticket } from '../harness/shop';
import { codeOf, type Answer, type Visitor } from '../harness/visitor';

/** What is at hand for one knock at every door: what a door changes, no other door looks at. */
export interface Scene {
  readonly seller: Visitor;
  readonly buyer: Visitor;
  readonly rival: Visitor;
  readonly stranger: Visitor;
  /** Can be reserved. */
  readonly ticket: Ticket;
  /** Can be paid. */
  readonly order: Order;
  /** The one that the order has. */
  readonly reserved: Ticket;
  readonly misspelt: Ticket;
  readonly unwanted: Ticket;
  /** Reserved by the buyer, whose time is up and whom nothing has told. */
  readonly lapsed: Ticket;
  /** Its card was declined, and it can be given back. */
  readonly declined: Order;
  /** Of the declined order, at Stripe. */
  readonly intent: string;
  readonly webhookSecret: string;
}

export interface Door {
  readonly service: Service;
  readonly route: string;
  readonly name: string;
  /** What it can't answer without. */
  readonly needs: readonly Server[];
  /** Milliseconds that it works before it finds that something is away. */
  readonly worksFirst?: number;
  /** Not found, when it has served and is asked again. */
  readonly servesOnce?: true;
  ask(scene: Scene): Promise<Answer>;
}

const details = { title: 'A seat in the gallery', price: 20 };
const PASSWORD_HASH_MILLISECONDS = 3000;

export const doors: readonly Door[] = [
  {
    service: 'auth',
    route: 'POST /api/users/signup',
    name: 'sign up',
    needs: ['mongodb'],
    worksFirst: PASSWORD_HASH_MILLISECONDS,
    ask: ({ stranger }) => stranger.signUp(),
  },
  {
    service: 'auth',
    route: 'POST /api/users/signin',
    name: 'sign in',
    needs: ['mongodb'],
    ask: ({ seller }) => seller.signIn(),
  },
  {
    service: 'auth',
    route: 'GET /api/users/currentuser',
    name: 'who am I',
    needs: [],
    ask: ({ buyer }) => buyer.get('/api/users/currentuser'),
  },
  {
    service: 'auth',
    route: 'POST /api/users/signout',
    name: 'sign out',
    needs: [],
    ask: ({ stranger }) => stranger.post('/api/users/signout', {}),
  },
  {
    service: 'tickets',
    route: 'GET /api/tickets',
    name: 'list tickets',
    needs: ['mongodb'],
    ask: ({ stranger }) => stranger.get('/api/tickets'),
  },
  {
    service: 'tickets',
    route: 'GET /api/tickets/:id',
    name: 'show a ticket',
    needs: ['mongodb'],
    ask: ({ stranger, ticket }) => stranger.get(`/api/tickets/${ticket.id}`),
  },
  {
    service: 'tickets',
    route: 'POST /api/tickets',
    name: 'offer a ticket',
    needs: ['mongodb'],
    ask: ({ seller }) => seller.post('/api/tickets', details),
  },
  {
    service: 'tickets',
    route: 'PUT /api/tickets/:id',
    name: 'edit a ticket',
    needs: ['mongodb'],
    ask: ({ seller, misspelt }) => seller.put(`/api/tickets/${misspelt.id}`, details),
  },
  {
    service: 'tickets',
    route: 'DELETE /api/tickets/:id',
    name: 'withdraw a ticket',
    needs: ['mongodb'],
    servesOnce: true,
    ask: ({ seller, unwanted }) => seller.delete(`/api/tickets/${unwanted.id}`),
  },
  {
    service: 'orders',
    route: 'GET /api/orders',
    name: 'list orders',
    needs: ['mongodb'],
    ask: ({ buyer }) => buyer.get('/api/orders'),
  },
  {
    service: 'orders',
    route: 'GET /api/orders/:id',
    name: 'show an order',
    needs: ['mongodb'],
    ask: ({ buyer, order }) => buyer.get(`/api/orders/${order.id}`),
  },
  {
    service: 'orders',
    route: 'POST /api/orders',
    name: 'reserve',
    needs: ['mongodb'],
    ask: ({ buyer, ticket }) => buyer.post('/api/orders', { ticketId: ticket.id }),
  },
  {
    service: 'orders',
    route: 'POST /api/orders',
    name: 'take over',
    needs: ['mongodb'],
    ask: ({ rival, lapsed }) => rival.post('/api/orders', { ticketId: lapsed.id }),
  },
  {
    service: 'orders',
    route: 'DELETE /api/orders/:id',
    name: 'cancel an order',
    needs: ['mongodb'],
    ask: ({ buyer, declined }) => buyer.delete(`/api/orders/${declined.id}`),
  },
  {
    service: 'payments',
    route: 'GET /api/payments',
    name: 'list payments',
    needs: ['mongodb'],
    ask: ({ buyer, order }) => buyer.get(`/api/payments?orderId=${order.id}`),
  },
  {
    service: 'payments',
    route: 'POST /api/payments',
    name: 'pay',
    needs: ['mongodb', 'stripe'],
    ask: ({ buyer, order }) => buyer.post('/api/payments', { orderId: order.id, token: 'tok_visa' }),
  },
  {
    service: 'payments',
    route: 'POST /api/payments/webhook',
    name: 'hear from Stripe',
    needs: ['mongodb'],
    ask: tellOfMoney,
  },
];

function tellOfMoney({ stranger, intent, webhookSecret }: Scene): Promise<Answer> {
  const object = { id: intent, object: 'payment_intent' };
  const news = { id: `evt_${randomUUID()}`, type: 'payment_intent.amount_capturable_updated', created: 0, object };
  const { payload, signature } = signEvent({ ...news, attempts: 0, nextAt: 0, state: 'waiting' }, webhookSecret);
  return stranger.post('/api/payments/webhook', JSON.parse(payload) as object, { 'stripe-signature': signature });
}

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

/** All there can be of one line. */
export const outages: readonly Outage[] = links.map(([service, server]) => ({ service, server }));

type Expectation = (door: Door) => readonly Outcome[];

/** The doors of the service that need the server refuse, and all others serve. */
export function whileDead(outage: Outage): Expectation {
  return (door) => [isHit(door, outage) ? refusalOf(door, outage) : served];
}

/** As before, but those that are hit may as well meet a connection that works. */
export function whileLost(outage: Outage): Expectation {
  return (door) => (isHit(door, outage) ? [served, refusalOf(door, outage)] : [served]);
}

/** Knocks at every door. @returns what is not as it should be, as sentences */
export async function knock(scene: Scene, expected: Expectation): Promise<string[]> {
  const complaintsAt = async (door: Door) => {
    const begin = Date.now();
    const answer = await door.ask(scene);
    const milliseconds = Date.now() - begin;
    const isRight = expected(door).some((outcome) => outcome.is(answer) && milliseconds <= outcome.within);
    return isRight ? [] : [`${door.name}: ${answer.status} ${codeOf(answer) ?? ''} after ${milliseconds} ms`];
  };
  // Those that have to answer soon are not kept waiting by the work of the others.
  const isHasty = (door: Door) => expected(door).some(({ within }) => within < served.within);
  const hasty = await Promise.all(doors.filter(isHasty).map(complaintsAt));
  const others = await Promise.all(doors.filter((door) => !isHasty(door)).map(complaintsAt));
  return [...hasty, ...others].flat();
}

const isHit = ({ service, needs }: Door, outage: Outage) => service === outage.service && needs.includes(outage.server);

function refusalOf({ worksFirst = 0 }: Door, { server }: Outage): Outcome {
  return server === 'stripe' ? outcomeUnknown : { ...refused, within: worksFirst + refused.within };
}
