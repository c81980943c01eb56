import type { Order } from '../../nats-test/harness/shop';
import { journeysOf } from './harness/journey';
import type { Person } from './harness/person';

const WINDOW_SECONDS = 20;
const journey = journeysOf({ EXPIRATION_WINDOW_SECONDS: String(WINDOW_SECONDS) });

const MINUTE = 60_000;
/** The page is told the time when it begins to load, and may need a while for that. */
const EARLY_MILLISECONDS = 15_000;

journey(9, 'expired idle; again, or taken', async ({ shop, person }) => {
  const [seller, buyer, rival] = await Promise.all([person(), person(), person()]);
  const reserve = async () => {
    const ticket = await shop.list(seller.visitor);
    return { ticket, order: await shop.reserve(buyer.visitor, ticket.id), tab: await buyer.newTab() };
  };
  const [again, taken] = await Promise.all([reserve(), reserve()]);
  await Promise.all([again, taken].map(({ tab, order }) => tab.open(`/orders/${order.id}`)));

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

journey(10, 'expired while paying: paid or not charged', async ({ shop, person }) => {
  const [seller, buyer] = await Promise.all([person(), person()]);
  const ticket = await shop.list(seller.visitor);
  const order = await shop.reserve(buyer.visitor, ticket.id);
  await buyer.open(`/orders/${order.id}`);

  const timer = buyer.page.getByRole('timer');
  await timer.getByText(/0:(1[0-2]|0\d)/).waitFor();
  await buyer.checkout.pay('tok_slow_14');
  await timer.getByText('0:00').waitFor();
  expect(await buyer.button('Reserve again').count()).toBe(0);
  const end = await buyer.checkout.end();

  const isPaid = end.startsWith('Paid');
  expect(await shop.settled(buyer.visitor, order)).toEqual({ status: isPaid ? 'complete' : 'cancelled' });
  expect((await shop.moneyOf(order)).captured).toBe(isPaid ? 2500 : 0);
});

/** A browser whose clock is wrong by so much. */
const shiftedClock = (milliseconds: number) => `
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...parts) { super(...(parts.length > 0 ? parts : [RealDate.now() + ${milliseconds}])); }
    static now() { return RealDate.now() + ${milliseconds}; }
  };`;

/** How far the countdown is from what is left of the order's time. It may be behind by a little, and never ahead. */
async function assertCountdownIsRight({ page }: Person, { expiresAt }: Order): Promise<void> {
  const left = () => Date.parse(expiresAt) - Date.now();
  const before = left();
  const [minutes = 0, seconds = 0] = (await page.getByRole('timer').locator('time').innerText()).split(':').map(Number);
  const shown = minutes * MINUTE + seconds * 1000;
  expect(shown).toBeLessThanOrEqual(Math.max(0, before) + 1000);
  expect(shown).toBeGreaterThan(left() - EARLY_MILLISECONDS);
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
