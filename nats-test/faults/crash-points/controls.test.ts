import { waitFor } from '@ticketing/common/testing';
import { CrashSite } from '../../harness/crashes/crash-site';

/** The same deaths with a mechanism taken away: what it is there for breaks, and the checks of the other tests see it. */

jest.setTimeout(120_000);

let site: CrashSite;

beforeAll(async () => {
  const orders = require.resolve('./without-outbox-sweep');
  const tickets = require.resolve('./acknowledging-first');
  site = await CrashSite.open({}, { orders, tickets });
});
afterAll(() => site.close());

test('control: nobody sweeps the outbox of orders: an event that was saved before the death is never sent', async () => {
  const { shop, seller, buyer } = site;
  const ticket = await shop.list(seller);
  const place = { service: 'orders', point: 'saved, not yet sent', about: 'order:created' };
  const [, order] = await Promise.all([site.dies(place), shop.reserve(buyer, ticket.id)]);
  await waitFor(() => hasSwept('orders', 'outbox', 8), 'eight rounds in which it would have been sent', 30_000);
  const violations = await shop.violations();
  expect(violations).toContain('order:created in orders was never sent');
  expect(violations).toContain(`payments does not know order ${order.id} as it is`);
});

test('control: tickets acknowledges an event before it has handled it: the event is gone with the process', async () => {
  const { shop, seller, buyer } = site;
  const ticket = await shop.list(seller);
  const order = await shop.reserve(buyer, ticket.id);
  await site.isQuiet();
  const place = { service: 'tickets', point: 'saved, not yet sent', about: 'ticket:created' };
  await Promise.all([site.dies(place), shop.list(seller)]);
  await site.isQuiet();
  expect(await shop.violations()).toContain(`tickets does not know order ${order.id} as it is`);
  expect(await shop.ticketIs('available', ticket)).toMatchObject({ id: ticket.id });
});

/** How often this process has done the sweep since it was started. */
async function hasSwept(service: 'orders', sweep: string, times: number): Promise<boolean> {
  const metrics = await (await fetch(`${site.shop.system.part(service).url}/metrics`)).text();
  const count = new RegExp(`^sweep_runs_total{[^}]*sweep="${sweep}"[^}]*} (\\d+)$`, 'm').exec(metrics)?.[1];
  return Number(count) >= times;
}
