import { randomBytes, randomUUID, scryptSync } from 'node:crypto';
import type { EventType } from '@ticketing/common';
import { waitFor } from '@ticketing/common/testing';
import type { CrashSite } from '../../harness/crashes/crash-site';
import type { Order, Ticket } from '../../harness/shop';
import { codeOf, insist, Visitor, type Answer } from '../../harness/visitor';

/**
 * What people do while a service dies, and how it has to end for them. Everybody asks again where a page of ours
 * would.
 */
export type Play = (site: CrashSite) => Promise<void>;

/** Who claimed an event or a payment and died keeps others away for half a minute. */
const HELD_UP_MILLISECONDS = 40_000;

const PRICE = 25;
const paid = { intents: 1, captured: PRICE * 100, refunded: 0 };
const nothingKept = { captured: 0, refunded: 0 };

export const lists: Play = async ({ shop, seller }) => {
  await shop.ticketIs('available', await shop.list(seller, PRICE));
};

export const edits: Play = async ({ shop, seller }) => {
  const ticket = await shop.list(seller, PRICE);
  await insist(() => seller.put(`/api/tickets/${ticket.id}`, { title: 'A seat in a box', price: 40 }), [200]);
  expect(await shop.ticketIs('available', ticket)).toMatchObject({ title: 'A seat in a box', price: 40 });
};

export const withdraws: Play = async ({ shop, seller }) => {
  const ticket = await shop.list(seller, PRICE);
  await withdraw(seller, ticket);
  await insist(() => seller.get(`/api/tickets/${ticket.id}`), [404]);
};

export const reserves: Play = async (site) => {
  await reserve(site);
};

export const cancels: Play = async (site) => {
  const { ticket, order } = await reserve(site);
  await insist(() => site.buyer.delete(`/api/orders/${order.id}`), [204]);
  expect(await site.shop.orderIs('cancelled', site.buyer, order, ticket)).toMatchObject({ reason: 'user' });
};

export const buys: Play = async (site) => {
  await buy(site);
};

export const isDeclinedAndPays: Play = async ({ shop, seller, buyer }) => {
  const ticket = await shop.list(seller, PRICE);
  const order = await shop.reserve(buyer, ticket.id);
  await shop.pay(buyer, order.id, 'tok_chargeDeclined', [422]);
  await shop.pay(buyer, order.id);
  await shop.orderIs('complete', buyer, order, ticket);
  expect(await shop.moneyOf(order)).toEqual(paid);
};

export const isDeclinedAndCancels: Play = async ({ shop, seller, buyer }) => {
  const ticket = await shop.list(seller, PRICE);
  const order = await shop.reserve(buyer, ticket.id);
  await shop.pay(buyer, order.id, 'tok_chargeDeclined', [422]);
  await insist(() => buyer.delete(`/api/orders/${order.id}`), [204]);
  await shop.orderIs('cancelled', buyer, order, ticket);
  expect(await shop.moneyOf(order)).toMatchObject(nothingKept);
};

/** The bank agrees and then does not give the money: the order ends unpaid, and what was held is let go. */
export const isRefusedAtCapture: Play = async ({ shop, seller, buyer }) => {
  const ticket = await shop.list(seller, PRICE);
  const order = await shop.reserve(buyer, ticket.id);
  await shop.pay(buyer, order.id, 'tok_captureRefused', [200, 201, 409]);
  expect(await shop.orderIs('cancelled', buyer, order, ticket)).toMatchObject({ reason: 'unpaid' });
  expect(await shop.moneyOf(order)).toMatchObject(nothingKept);
};

/** The buyer agrees at the bank and does not come back: Stripe's webhook is all that tells of the money. */
export const agreesAtTheBank: Play = async ({ shop, seller, buyer }) => {
  const ticket = await shop.list(seller, PRICE);
  const order = await shop.reserve(buyer, ticket.id);
  const asked = await shop.pay(buyer, order.id, 'tok_threeDSecure2Required', [422]);
  expect(codeOf(asked)).toBe('authentication_required');
  const { clientSecret } = (asked.body as { errors: { clientSecret: string }[] }).errors[0]!;
  const decision = { method: 'POST', body: new URLSearchParams({ decision: 'approve' }) };
  expect((await fetch(`${shop.system.ledgerUrl}/bank/${clientSecret}`, decision)).status).toBe(200);
  await shop.orderIs('complete', buyer, order, ticket);
  expect(await shop.moneyOf(order)).toEqual(paid);
};

/** For a shop with a short window. */
export const letsExpire: Play = async ({ shop, seller, buyer }) => {
  const ticket = await shop.list(seller, PRICE);
  const order = await shop.reserve(buyer, ticket.id);
  expect(await shop.orderIs('cancelled', buyer, order, ticket)).toMatchObject({ reason: 'expired' });
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(order.expiresAt));
};

/** For a shop with a short window: no timer tells that it is over, only the sweep of orders finds out. */
export const letsExpireUnprompted: Play = async (site) => {
  const expiration = site.shop.system.part('expiration');
  await expiration.stop();
  try {
    await letsExpire(site);
  } finally {
    await expiration.start();
  }
};

/** For a shop with a short window: nobody notices that it is over but the next buyer. */
export const takesOver: Play = async ({ shop, databases, seller, buyer, other }) => {
  await shop.system.part('expiration').kill();
  const ticket = await shop.list(seller, PRICE);
  const order = await shop.reserve(buyer, ticket.id);
  await databases.holdUp('orders', 'overdue orders', Date.parse(order.expiresAt) + 5000 - Date.now());
  const later = await insist(() => other.post('/api/orders', { ticketId: ticket.id }), [200, 201], ['ticket_reserved']);
  expect(later.body).toMatchObject({ status: 'created' });
  await shop.system.part('expiration').start();
  const first = await insist(() => buyer.get(`/api/orders/${order.id}`), [200]);
  expect(first.body).toMatchObject({ status: 'cancelled', reason: 'expired' });
  await shop.orderIs('cancelled', other, later.body as Order, ticket);
};

/** The seller withdraws the ticket as soon as there is an order: one of the two has it. */
export const withdrawsMeanwhile: Play = async ({ shop, databases, seller, buyer }) => {
  const ticket = await shop.list(seller, PRICE);
  const reserving = insist(() => buyer.post('/api/orders', { ticketId: ticket.id }), [200, 201, 409]);
  const order = await waitFor(() => databases.orderFor(ticket.id), 'an order', HELD_UP_MILLISECONDS);
  const { status } = await withdraw(seller, ticket, [204, 404, 409]);
  await reserving;
  if (status === 409) await shop.ticketIs('reserved', ticket);
  else await isWithdrawn(buyer, order);
};

/** Tickets hears of the order too late to keep the seller from withdrawing the ticket: the order gives way. */
export const withdrawsReserved: Play = async ({ shop, databases, seller, buyer }) => {
  const ticket = await shop.list(seller, PRICE);
  await databases.refuse('tickets', 'order:created');
  const order = await shop.reserve(buyer, ticket.id);
  await withdraw(seller, ticket);
  await databases.refuseNoLonger('tickets', 'order:created');
  await isWithdrawn(buyer, order.id);
};

export const signsUp: Play = async ({ shop }) => {
  const somebody = Visitor.stranger(shop.system.url);
  const account = { email: `${randomUUID()}@example.com`, password: 'correct horse battery staple' };
  await somebody.post('/api/users/signup', account);
  await insist(() => somebody.post('/api/users/signin', account), [200]);
};

/** The password was hashed at a cost that is outdated by now. */
export const signsInAfterYears: Play = async ({ shop, databases }) => {
  const somebody = Visitor.stranger(shop.system.url);
  const account = { email: `${randomUUID()}@example.com`, password: 'correct horse battery staple' };
  await insist(() => somebody.post('/api/users/signup', account), [201]);
  const salt = randomBytes(16);
  const key = scryptSync(account.password, salt, 32, { N: 1024, r: 8, p: 1 });
  const passwordHash = ['scrypt', 1024, 8, 1, salt.toString('base64'), key.toString('base64')].join('$');
  await databases.of('auth').collection('users').updateOne({ email: account.email }, { $set: { passwordHash } });
  await insist(() => somebody.post('/api/users/signin', account), [200]);
  await insist(() => somebody.post('/api/users/signin', account), [200]);
};

/** An operator gives the money back, and the service does it, as the command dies over it. */
export const isRefundedLater: Play = async (site) => {
  const { ticket, order } = await buy(site);
  await site.commandDies({ service: 'payments', point: 'refund requested, not yet made' }, 'refund', order.id);
  await isRefunded(site, order, ticket);
};

/** The handler of an event of this type fails at first, so that the event is parked. */
export function failsAtFirst(service: string, type: EventType, play: Play): Play {
  return async (site) => {
    const before = await site.databases.setAside(service, type);
    await site.databases.refuse(service, type);
    const played = play(site);
    // Told below.
    played.catch(() => undefined);
    const isParked = async () => (await site.databases.setAside(service, type)) > before;
    await waitFor(isParked, `${type} to be parked`, HELD_UP_MILLISECONDS);
    await site.databases.refuseNoLonger(service, type);
    await played;
  };
}

/** Something comes that is no event: everybody who hears it buries it, and an operator drops it. */
export function isNoEvent(type: EventType, hearers: readonly string[]): Play {
  return async (site) => {
    await site.shop.say(type, 'not JSON');
    await site.isQuiet();
    for (const service of hearers) expect(await site.databases.setAside(service, type)).toBe(1);
    const drops = hearers.map((service) => site.command(service, 'events', 'drop', '--all'));
    expect(await Promise.all(drops)).toEqual(hearers.map(() => 0));
  };
}

export async function isRefunded({ shop, buyer }: CrashSite, order: Order, ticket: Ticket): Promise<void> {
  expect(await shop.orderIs('cancelled', buyer, order, ticket)).toMatchObject({ reason: 'refunded' });
  expect(await shop.moneyOf(order)).toEqual({ ...paid, refunded: paid.captured });
}

export async function buy({ shop, seller, buyer }: CrashSite): Promise<{ ticket: Ticket; order: Order }> {
  const ticket = await shop.list(seller, PRICE);
  const order = await shop.buy(buyer, ticket);
  expect(await shop.moneyOf(order)).toEqual(paid);
  return { ticket, order };
}

async function reserve({ shop, seller, buyer }: CrashSite): Promise<{ ticket: Ticket; order: Order }> {
  const ticket = await shop.list(seller, PRICE);
  const order = await shop.reserve(buyer, ticket.id);
  await shop.ticketIs('reserved', ticket);
  return { ticket, order };
}

/** Asked again, a withdrawn ticket is not found. */
function withdraw(seller: Visitor, { id }: Ticket, wanted = [204, 404]): Promise<Answer> {
  return insist(() => seller.delete(`/api/tickets/${id}`), wanted);
}

async function isWithdrawn(buyer: Visitor, orderId: string): Promise<void> {
  const ended = await waitFor(
    async () => {
      const order = (await buyer.get(`/api/orders/${orderId}`)).body as Order;
      return order.status === 'cancelled' && order;
    },
    'the order to give way',
    HELD_UP_MILLISECONDS,
  );
  expect(ended).toMatchObject({ reason: 'withdrawn' });
}
