import { waitFor } from '@ticketing/common/testing';
import { serviceNames, type ServiceName } from '@ticketing/local';
import { journeysOf } from './harness/journey';
import { NOWHERE, settle, SIGN_OUT } from './harness/pages';
import type { Person } from './harness/person';

const journey = journeysOf();

const paidOnce = { intents: 1, captured: 2500, refunded: 0 };
/** Within which a page answers when a service is away. */
const ANSWER_MILLISECONDS = 3000;
/** Longer than a journey: it is over when the page's clock is moved. */
const WAIT_SECONDS = 300;

journey(6, 'orders lags', async ({ shop, links, person }) => {
  const [seller, buyer] = await Promise.all([person(), person()]);
  links.between('orders', 'nats-streaming').hang();
  const ticket = await shop.list(seller.visitor);
  await buyer.open(`/tickets/${ticket.id}`);

  await buyer.press('Reserve');
  await buyer.sees('Almost ready…');
  await links.heal();
  const id = await buyer.checkout.orderId();
  expect((await buyer.visitor.get(`/api/orders/${id}`)).body).toMatchObject({ ticket: { id: ticket.id } });
});

journey(7, 'payments lags', async ({ shop, links, person }) => {
  const [seller, buyer] = await Promise.all([person(), person()]);
  const ticket = await shop.list(seller.visitor);
  links.between('payments', 'nats-streaming').hang();
  const order = await shop.reserve(buyer.visitor, ticket.id);
  await buyer.open(`/orders/${order.id}`);

  const notYet = buyer.page.waitForResponse(
    (answer) => answer.url().endsWith('/api/payments') && answer.status() === 404,
  );
  await buyer.checkout.pay();
  await notYet;
  await links.heal();
  await buyer.checkout.isPaidAtLast();
  expect(await shop.moneyOf(order)).toEqual(paidOnce);
});

journey(7, 'payments lags for longer than the pages ask', async ({ shop, links, person }) => {
  const [seller, early, late] = await Promise.all([person(), person(), person()]);
  const [one, other] = await Promise.all([shop.list(seller.visitor), shop.list(seller.visitor)]);
  const known = await shop.reserve(early.visitor, one.id);
  await waitFor(() => shop.heard('order:created', known), 'the order to be told of');
  await shop.isQuiet();
  links.between('payments', 'nats-streaming').hang();
  const unknown = await shop.reserve(late.visitor, other.id);

  await Promise.all([early.open(`/orders/${known.id}`), late.open(`/orders/${unknown.id}`)]);
  await Promise.all([early, late].map(({ checkout }) => checkout.pay()));
  await Promise.all([early.sees('Still confirming'), late.sees('The payment desk is not ready for this order yet.')]);
  await links.heal();
  await Promise.all([early, late].map(({ checkout }) => checkout.isPaidAtLast()));
  expect([await shop.moneyOf(known), await shop.moneyOf(unknown)]).toEqual([paidOnce, paidOnce]);
});

journey(11, 'answer lost after charge', async ({ shop, person }) => {
  const [seller, buyer] = await Promise.all([person(), person()]);
  const ticket = await shop.list(seller.visitor);
  const order = await shop.reserve(buyer.visitor, ticket.id);
  await buyer.open(`/orders/${order.id}`);
  let answer: number | undefined;
  await buyer.page.route('**/api/payments', async (route) => {
    if (answer !== undefined) return route.continue();
    answer = (await route.fetch()).status();
    return route.abort('connectionreset');
  });

  await buyer.checkout.pay();
  await buyer.checkout.isPaidAtLast();
  expect(answer).toBe(201);
  expect(await shop.moneyOf(order)).toEqual(paidOnce);
});

for (const service of serviceNames) {
  journey(15, `each service down and back: ${service}`, async (stage) => {
    const { resident, pages, own, order, paid } = await settle(stage);
    const [checkout, ofTicket, ofOrder] = [`/orders/${order.id}`, `/tickets/${own.id}`, `/orders/${paid.id}`];
    // Who is signed in is sent on from there to the list.
    const signIn = ['/auth/signin', '/auth/signup'];
    const affected: Record<ServiceName, readonly string[]> = {
      auth: [],
      tickets: ['/', `/tickets/${order.ticket.id}`, ofTicket, `${ofTicket}/edit`, '/tickets/mine', ...signIn],
      orders: [checkout, ofOrder, `${ofOrder}/receipt`, '/orders'],
      payments: [],
      expiration: [],
    };
    const late: string[] = [];
    const answers = async (visitor: Person, path: string) => {
      const asked = performance.now();
      const answer = await visitor.page.goto(path, { waitUntil: 'commit' });
      const milliseconds = Math.round(performance.now() - asked);
      if (milliseconds > ANSWER_MILLISECONDS) late.push(`${path} took ${milliseconds} ms`);
      return answer?.status();
    };

    const leaver = await stage.person();
    await stage.shop.system.part(service).stop();
    try {
      for (const path of pages) {
        const visitor = path === SIGN_OUT ? leaver : resident;
        const isAway = affected[service].includes(path);
        const status = path === NOWHERE ? 404 : isAway ? 503 : 200;
        // The gateway may be about to find out that the service is gone, or back: it answers then, but not as it will.
        const what = `${path} to answer ${status}`;
        await waitFor(async () => (await answers(visitor, path)) === status, what, 10 * ANSWER_MILLISECONDS);
        await visitor.link('Ticketing').waitFor();
        const wayOn = visitor.page.getByRole('main').locator('a, button').filter({ visible: true });
        await (isAway ? visitor.link('Try again') : wayOn.first()).waitFor();
      }
      expect(late).toEqual([]);
      await resident.open(affected[service][0] ?? '/');
    } finally {
      await stage.shop.system.part(service).start();
    }
    const tryAgain = resident.link('Try again');
    if (affected[service].length > 0) await tryAgain.click();
    await tryAgain.waitFor({ state: 'detached' });

    await resident.open(checkout);
    await resident.checkout.pay();
    await resident.checkout.isPaidAtLast();
    expect(await stage.shop.moneyOf(order)).toEqual(paidOnce);
  });
}

journey(16, '429', async ({ person, list }) => {
  const [seller, buyer] = await Promise.all([person(), person()]);
  const ticket = await list(seller);
  await buyer.page.clock.install();
  await buyer.open(`/tickets/${ticket.id}`);
  const reservations = buyer.requests('POST', '/api/orders');
  const refusal = { errors: [{ message: 'Too many requests', code: 'too_many_requests' }] };
  await buyer.page.route(
    '**/api/orders',
    (route) => route.fulfill({ status: 429, headers: { 'retry-after': String(WAIT_SECONDS) }, json: refusal }),
    { times: 1 },
  );

  await buyer.press('Reserve');
  await buyer.sees(`Try again in ${WAIT_SECONDS} seconds.`);
  const button = buyer.button('Reserve');
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  await button.click({ force: true });
  expect(reservations).toHaveLength(1);

  await buyer.page.clock.fastForward(WAIT_SECONDS * 1000);
  await buyer.page.locator('button:not([aria-disabled])', { hasText: 'Reserve' }).click();
  const id = await buyer.checkout.orderId();
  expect((await buyer.visitor.get(`/api/orders/${id}`)).body).toMatchObject({ ticket: { id: ticket.id } });
});
