import { waitFor } from '@ticketing/common/testing';
import type { Route } from 'playwright-core';
import type { Order } from '../../nats-test/harness/shop';
import { journeysOf, type Stage } from './harness/journey';
import type { Person } from './harness/person';

const journey = journeysOf();

const MINUTE = 60_000;

/** At the services. Ends are moved, here in the database and below by the page's clock: no step can come too late. */
async function expire({ shop }: Stage, buyer: Person, orders: readonly Order[]): Promise<void> {
  await shop.letExpire(orders);
  await Promise.all(orders.map((order) => shop.settled(buyer.visitor, order)));
}

/** On the page. */
const timeRunsOut = ({ page }: Person) => page.clock.fastForward(15 * MINUTE);

journey(9, 'expired idle; again, or taken', async (stage) => {
  const { shop, person } = stage;
  const [seller, buyer, rival] = await Promise.all([person(), person(), person()]);
  await buyer.page.clock.install();
  const reserve = async () => {
    const ticket = await shop.list(seller.visitor);
    return { ticket, order: await shop.reserve(buyer.visitor, ticket.id), tab: await buyer.newTab() };
  };
  const [again, taken] = await Promise.all([reserve(), reserve()]);
  await Promise.all([again, taken].map(({ tab, order }) => tab.open(`/orders/${order.id}`)));

  await expire(stage, buyer, [again.order, taken.order]);
  await timeRunsOut(buyer);
  await Promise.all([again, taken].map(({ tab }) => tab.button('Reserve again').waitFor()));
  await Promise.all([again, taken].map(({ tab }) => tab.sees('The order was not paid in time.')));
  expect(await again.tab.button(/^Pay/).count()).toBe(0);
  await shop.orderIs('cancelled', buyer.visitor, taken.order, taken.ticket);

  await again.tab.press('Reserve again');
  await again.tab.isAt(new RegExp(`^/orders/(?!${again.order.id})`));
  const id = await again.tab.checkout.orderId();
  await again.tab.checkout.pay();
  await again.tab.checkout.isPaid();
  expect(await shop.moneyOf({ id })).toMatchObject({ captured: 2500 });

  const bought = await shop.buy(rival.visitor, taken.ticket);
  await taken.tab.press('Reserve again');
  await taken.tab.sees(/sold/);
  await taken.tab.isAt(`/orders/${taken.order.id}`);
  expect((await shop.moneyOf(bought)).captured).toBe(2500);
  expect((await shop.moneyOf(taken.order)).captured).toBe(0);
});

/**
 * Pays, and has the answer come too late: the page's time is over, so is what it waits for an answer, and `meanwhile` has
 * happened at the services.
 */
async function paysAtTheEnd(stage: Stage, meanwhile: (buyer: Person, order: Order) => Promise<unknown>) {
  const { shop, person } = stage;
  const [seller, buyer] = await Promise.all([person(), person()]);
  const ticket = await shop.list(seller.visitor);
  const order = await shop.reserve(buyer.visitor, ticket.id);
  await buyer.page.clock.install();
  await buyer.open(`/orders/${order.id}`);
  // Payments knows the order, and hears nothing of it any more.
  await waitFor(() => shop.heard('order:created', order), 'the order to be told of');
  await shop.isQuiet();
  stage.links.between('payments', 'nats-streaming').hang();

  const held = new Promise<Route>((resolve) => void buyer.page.route('**/api/payments', resolve));
  await buyer.checkout.pay();
  const route = await held;
  const response = await route.fetch();
  expect(response.status()).toBe(201);
  await meanwhile(buyer, order);
  await timeRunsOut(buyer);
  await route.fulfill({ response });
  return { buyer, order };
}

journey(10, 'expired while paying: not charged', async (stage) => {
  const { buyer, order } = await paysAtTheEnd(stage, async (payer, late) => expire(stage, payer, [late]));
  await buyer.sees('The time ran out first. You are not charged');
  await stage.links.heal();
  expect(await stage.shop.settled(buyer.visitor, order)).toEqual({ status: 'cancelled' });
  expect(await stage.shop.moneyOf(order)).toMatchObject({ intents: 1, captured: 0 });
});

journey(10, 'expired while paying: paid just before', async (stage) => {
  const { buyer, order } = await paysAtTheEnd(stage, async (payer, punctual) => {
    await stage.links.heal();
    await stage.shop.settled(payer.visitor, punctual);
  });
  await buyer.checkout.isPaid();
  expect(await stage.shop.settled(buyer.visitor, order)).toEqual({ status: 'complete' });
  expect(await stage.shop.moneyOf(order)).toMatchObject({ intents: 1, captured: 2500 });
});

/** A browser whose clock is wrong by so much. */
const shiftedClock = (milliseconds: number) => `
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...parts) { super(...(parts.length > 0 ? parts : [RealDate.now() + ${milliseconds}])); }
    static now() { return RealDate.now() + ${milliseconds}; }
  };`;

/**
 * How far the countdown is from what is left of the order's time. It is never ahead, and behind by no more than the page
 * took to load: far less than a minute, and the wrong clocks are wrong by ten.
 */
async function assertCountdownIsRight({ page }: Person, { expiresAt }: Order): Promise<void> {
  const left = () => Date.parse(expiresAt) - Date.now();
  const before = left();
  const [minutes = 0, seconds = 0] = (await page.getByRole('timer').locator('time').innerText()).split(':').map(Number);
  const shown = minutes * MINUTE + seconds * 1000;
  expect(shown).toBeLessThanOrEqual(Math.max(0, before) + 1000);
  expect(shown).toBeGreaterThan(left() - MINUTE);
}

journey(12, 'browser clock ±10 min', async ({ shop, person }) => {
  const seller = await person();
  for (const milliseconds of [-10 * MINUTE, 10 * MINUTE]) {
    const buyer = await person({ script: shiftedClock(milliseconds) });
    const ticket = await shop.list(seller.visitor);
    const order = await shop.reserve(buyer.visitor, ticket.id);
    await buyer.open(`/orders/${order.id}`);
    const browserTime = Number(await buyer.page.evaluate('Date.now()'));
    expect(Math.abs(browserTime - Date.now() - milliseconds)).toBeLessThan(MINUTE);
    await assertCountdownIsRight(buyer, order);
    await buyer.checkout.pay();
    await buyer.checkout.isPaid();
  }
});
