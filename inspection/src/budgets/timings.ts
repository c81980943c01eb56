import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** How a page comes to be seen, in milliseconds; `cls` is a score. */
export interface Timing {
  readonly lcp: number;
  readonly cls: number;
  readonly tbt: number;
}

type Session = BrowserContextOptions['storageState'];

const LOADS = 5;
const SLOW_LINE = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 200_000 };
const SLOWER_PROCESSOR = { rate: 4 };

/** The median of some loads, each with an empty cache. */
export async function timingOf(browser: Browser, url: string, session: Session, throttled: boolean): Promise<Timing> {
  const loads: Timing[] = [];
  while (loads.length < LOADS) loads.push(await load(browser, url, session, throttled));
  const middle = (name: keyof Timing) =>
    quantile(
      loads.map((one) => one[name]),
      0.5,
    );
  return { lcp: middle('lcp'), cls: middle('cls'), tbt: middle('tbt') };
}

async function load(browser: Browser, url: string, session: Session, throttled: boolean): Promise<Timing> {
  const context = await browser.newContext({ storageState: session });
  const page = await context.newPage();
  if (throttled) await throttle(page);
  await page.addInitScript(observe);
  await page.goto(url, { waitUntil: 'networkidle' });
  const timing = await page.evaluate(() => (globalThis as unknown as { timing: Timing }).timing);
  await context.close();
  return timing;
}

async function throttle(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.emulateNetworkConditions', SLOW_LINE);
  await session.send('Emulation.setCPUThrottlingRate', SLOWER_PROCESSOR);
}

/** Runs in the page, before anything of it. */
function observe(): void {
  const timing = { lcp: 0, cls: 0, tbt: 0 };
  const on = (type: string, take: (entry: PerformanceEntry & { value: number; hadRecentInput: boolean }) => void) =>
    new PerformanceObserver((list) => {
      list.getEntries().forEach((entry) => take(entry as Parameters<typeof take>[0]));
    }).observe({ type, buffered: true });
  on('largest-contentful-paint', ({ startTime }) => (timing.lcp = startTime));
  on('layout-shift', ({ value, hadRecentInput }) => (timing.cls += hadRecentInput ? 0 : value));
  // A task blocks from its fiftieth millisecond on.
  on('longtask', ({ duration }) => (timing.tbt += duration - 50));
  Object.assign(globalThis, { timing });
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
