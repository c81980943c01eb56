import { randomUUID } from 'node:crypto';
import type { Order } from '../../nats-test/harness/shop';
import { ASKING_CARD, DECLINED_CARD, GOOD_CARD } from './harness/checkout-page';
import { journeysOf, type Stage } from './harness/journey';
import type { Person } from './harness/person';

const journey = journeysOf();

const paidOnce = { intents: 1, captured: 2500, refunded: 0 };

/** Somebody before the checkout of a ticket that is reserved. */
async function buyerAtCheckout({ shop, person }: Stage): Promise<{ seller: Person; buyer: Person; order: Order }> {
  const [seller, buyer] = await Promise.all([person(), person()]);
  const ticket = await shop.list(seller.visitor);
  const order = await shop.reserve(buyer.visitor, ticket.id);
  await buyer.open(`/orders/${order.id}`);
  return { seller, buyer, order };
}

async function signUpByPage(person: Person): Promise<void> {
  await person.open('/');
  await person.follow('Sign up');
  await person.fill({ 'E-mail': `${randomUUID()}@example.com`, Password: 'correct horse battery staple' });
  await person.press('Sign up');
  await person.link('Sign out').waitFor();
}

journey(1, 'sign up, sell; other finds, reserves, pays; seller sees sold', async ({ shop, stranger }) => {
  const [seller, buyer] = await Promise.all([stranger(), stranger()]);
  const title = `Front row ${randomUUID().slice(0, 8)}`;

  await signUpByPage(seller);
  await seller.follow('Sell a ticket');
  await seller.fill({ Title: title, 'Price in US dollars': '49.90' });
  await seller.press('Put on sale');
  await seller.sees('Your ticket is on sale.');

  await signUpByPage(buyer);
  await buyer.fill({ Search: title });
  await buyer.press('Search');
  await buyer.follow(title);
  await buyer.sees('$49.90');
  await buyer.press('Reserve');
  const id = await buyer.checkout.orderId();
  await buyer.checkout.pay(GOOD_CARD);
  await buyer.checkout.isPaid();
  expect(await shop.moneyOf({ id })).toEqual({ ...paidOnce, captured: 4990 });

  await seller.follow('My tickets');
  const ticketId = (await seller.link(title).getAttribute('href'))!.split('/').at(-1)!;
  await shop.ticketIs('sold', { id: ticketId });
  await seller.reload();
  await seller.page.getByRole('listitem').filter({ hasText: title }).getByText('Sold', { exact: true }).waitFor();
});

journey(3, 'double click on Reserve, Pay', async ({ shop, person, list }) => {
  const [seller, buyer] = await Promise.all([person(), person()]);
  const ticket = await list(seller);
  await buyer.open(`/tickets/${ticket.id}`);
  const [reservations, payments] = [buyer.requests('POST', '/api/orders'), buyer.requests('POST', '/api/payments')];

  await buyer.button('Reserve').dblclick();
  const id = await buyer.checkout.orderId();
  await buyer.checkout.enter();
  await buyer.checkout.payButton.dblclick();
  await buyer.checkout.isPaid();

  expect([reservations.length, payments.length]).toEqual([1, 1]);
  expect((await buyer.visitor.get('/api/orders')).body).toMatchObject([{ id }]);
  expect(await shop.moneyOf({ id })).toEqual(paidOnce);
});

journey(4, 'two buyers', async ({ shop, person, list }) => {
  const [seller, one, other] = await Promise.all([person(), person(), person()]);
  const ticket = await list(seller);
  await Promise.all([one, other].map((buyer) => buyer.open(`/tickets/${ticket.id}`)));

  await Promise.all([one.press('Reserve'), other.press('Reserve')]);
  const taken = /Someone is holding this ticket|Somebody else has reserved this ticket/;
  const [winner, loser] = await Promise.any([
    one.checkout.orderId().then(() => [one, other] as const),
    other.checkout.orderId().then(() => [other, one] as const),
  ]);
  await loser.sees(taken);
  const id = await winner.checkout.orderId();
  const orders = await Promise.all([winner, loser].map(({ visitor }) => visitor.get('/api/orders')));
  expect(orders[0]?.body).toContainEqual(expect.objectContaining({ id, status: 'created' }));
  expect(orders[1]?.body).not.toContainEqual(expect.objectContaining({ status: 'created' }));

  await winner.checkout.pay();
  await winner.checkout.isPaid();
  await shop.ticketIs('sold', ticket);
  await loser.reload();
  await loser.sees('This ticket is sold.');
});

journey(5, 'one order in two tabs: one charge', async (stage) => {
  const { buyer, order } = await buyerAtCheckout(stage);
  const tab = await buyer.newTab();
  await tab.open(`/orders/${order.id}`);
  await Promise.all([buyer, tab].map(({ checkout }) => checkout.enter()));

  await Promise.all([buyer, tab].map(({ checkout }) => checkout.payButton.click()));
  await Promise.all([buyer, tab].map(({ checkout }) => checkout.isPaidAtLast()));
  expect(await stage.shop.moneyOf(order)).toEqual(paidOnce);
});

journey(8, 'declined, then paid', async (stage) => {
  const { buyer, order } = await buyerAtCheckout(stage);

  await buyer.checkout.pay(DECLINED_CARD);
  await buyer.checkout.isRefused('The card was declined');
  expect((await buyer.visitor.get(`/api/orders/${order.id}`)).body).toMatchObject({ status: 'created' });

  await buyer.checkout.pay(GOOD_CARD);
  await buyer.checkout.isPaid();
  expect(await stage.shop.moneyOf(order)).toMatchObject({ captured: 2500 });
});

journey(21, 'the bank asks the buyer, who looks away, refuses, agrees', async ({ shop, ...stage }) => {
  const { buyer, order } = await buyerAtCheckout({ shop, ...stage });
  const { bank } = buyer.checkout;
  const notConfirmed = "The bank's confirmation failed.";

  await buyer.checkout.pay(ASKING_CARD);
  await bank.getByText('25.00 USD').waitFor();
  await buyer.press('Back without confirming');
  await buyer.checkout.isRefused(notConfirmed);

  await buyer.checkout.pay(ASKING_CARD);
  await bank.getByRole('button', { name: 'No, refuse' }).click();
  await buyer.checkout.isRefused(notConfirmed);
  expect((await buyer.visitor.get(`/api/orders/${order.id}`)).body).toMatchObject({ status: 'created' });
  expect((await shop.moneyOf(order)).captured).toBe(0);

  await buyer.checkout.pay(ASKING_CARD);
  await bank.getByRole('button', { name: 'Yes, pay' }).click();
  await buyer.checkout.isPaid();
  expect(await shop.moneyOf(order)).toMatchObject({ captured: 2500, refunded: 0 });
  await buyer.hasComplained(new RegExp(`^asked ${shop.system.ledgerUrl}/bank/`));
});

journey(13, 'Back after paying, after cancel, bfcache', async (stage) => {
  const { shop, person, list } = stage;
  const [seller, buyer] = await Promise.all([person(), person()]);
  const [paid, cancelled] = await Promise.all([list(seller), list(seller)]);

  await buyer.open(`/tickets/${paid.id}`);
  await buyer.press('Reserve');
  const paidOrder = await buyer.checkout.orderId();
  await buyer.checkout.pay();
  await buyer.checkout.isPaid();
  await shop.ticketIs('sold', paid);
  await buyer.back();
  await buyer.sees('You bought this ticket.');
  expect(await buyer.button('Reserve').count()).toBe(0);

  await buyer.open(`/tickets/${cancelled.id}`);
  await buyer.press('Reserve');
  await buyer.checkout.orderId();
  await buyer.press('Cancel order');
  await buyer.page.getByRole('dialog').getByRole('button', { name: 'Cancel order' }).click();
  await buyer.sees('You cancelled this order.');
  await shop.ticketIs('available', cancelled);
  await buyer.back();
  await buyer.button('Reserve').waitFor();

  // Another document is between, and the browser keeps the one before as it was, `no-store` or not.
  const kept = await buyerAtCheckout(stage);
  await kept.buyer.page.evaluate("addEventListener('pageshow', ({ persisted }) => { isKept = persisted; })");
  await kept.buyer.page.goto('/robots.txt');
  await shop.pay(kept.buyer.visitor, kept.order.id);
  await shop.settled(kept.buyer.visitor, kept.order);
  await kept.buyer.back();
  await kept.buyer.sees('Paid. The ticket is yours.');
  expect(await kept.buyer.page.evaluate('globalThis.isKept')).toBe(true);
  expect(await kept.buyer.checkout.payButton.count()).toBe(0);
  expect(await shop.moneyOf({ id: paidOrder })).toEqual(paidOnce);
});
