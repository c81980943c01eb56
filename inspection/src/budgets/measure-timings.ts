import type { Report, ServiceName } from '@ticketing/local';
import { launchBrowser } from '../launch-browser';
import type { Shop } from '../shop';
import { renderingOf, type Rendering } from './rendering';
import { timingOf, type Timing } from './timings';

interface Look {
  readonly page: string;
  readonly path: string;
  /** The slowest call that it waits for. */
  readonly call: { readonly service: ServiceName; readonly path: string };
}

interface Measured {
  readonly page: string;
  readonly desktop: Timing;
  readonly throttled: Timing;
  readonly rendering: Rendering;
}

const head = ['Timings, in ms', 'LCP desktop', 'LCP throttled', 'CLS', 'TBT throttled', 'SSR p50', 'SSR p95'];
const budget = ['the budget', '500', '1200', '0.01', '250', '8', '25'];

/** The rows of a table: each page beside a bare one. */
export async function measureTimings(shop: Shop, bareUrl: string, report: Report): Promise<string[][]> {
  const browser = await launchBrowser();
  try {
    const session = await shop.sessionOf('buyer');
    const cookie = session?.cookies.map(({ name, value }) => `${name}=${value}`).join('; ') ?? '';
    const measure = async (page: string, url: string, server: string, call?: string): Promise<Measured> => {
      report(page);
      return {
        page,
        desktop: await timingOf(browser, url, session, false),
        throttled: await timingOf(browser, url, session, true),
        rendering: await renderingOf(server, cookie, call),
      };
    };
    const bare = await measure('a bare page', bareUrl, bareUrl);
    const pages: Measured[] = [];
    for (const { page, path, call } of await looksAt(shop)) {
      const [server, service] = [shop.system.part('client').url, shop.system.part(call.service).url];
      pages.push(await measure(page, shop.url + path, server + path, service + call.path));
    }
    return [head, ...pages.map((one) => row(one, bare)), row(bare), budget];
  } finally {
    await browser.close();
  }
}

async function looksAt(shop: Shop): Promise<Look[]> {
  const [ticket, order] = [await shop.list(), await shop.reserve()];
  return [
    { page: 'list', path: '/', call: { service: 'tickets', path: '/api/tickets' } },
    {
      page: 'ticket',
      path: `/tickets/${ticket.id}`,
      call: { service: 'tickets', path: `/api/tickets/${ticket.id}` },
    },
    { page: 'sell', path: '/tickets/new', call: { service: 'auth', path: '/api/users/currentuser' } },
    { page: 'my orders', path: '/orders', call: { service: 'orders', path: '/api/orders' } },
    { page: 'checkout', path: `/orders/${order.id}`, call: { service: 'orders', path: `/api/orders/${order.id}` } },
  ];
}

function row({ page, desktop, throttled, rendering }: Measured, bare?: Measured): string[] {
  const beside = (value: number, one?: number) => `${value.toFixed(0)}${one ? ` (${(value / one).toFixed(1)} ×)` : ''}`;
  return [
    page,
    beside(desktop.lcp, bare?.desktop.lcp),
    beside(throttled.lcp, bare?.throttled.lcp),
    Math.max(desktop.cls, throttled.cls).toFixed(3),
    beside(throttled.tbt, bare?.throttled.tbt),
    beside(rendering.p50, bare?.rendering.p50),
    beside(rendering.p95, bare?.rendering.p95),
  ];
}
