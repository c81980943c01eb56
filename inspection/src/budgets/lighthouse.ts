import { freePort, type Report } from '@ticketing/local';
import type { Flags, Result } from 'lighthouse';
import { launchBrowser } from '../launch-browser';
import type { Shop } from '../shop';
import { quantile } from './timings';

const RUNS = 5;
/** Search engines are kept away from signing in, which only Lighthouse finds a pity. */
const NOT_FOUND_ON_PURPOSE = ['is-crawlable'];
const categories = ['performance', 'accessibility', 'best-practices', 'seo'];
const head = ['Lighthouse, mobile', 'Performance', 'Accessibility', 'Best practices', 'SEO'];
const budget = ['the budget', '95', '100', '100', '100'];

/** The rows of a table: what Lighthouse gives for each page, of a hundred. */
export async function askLighthouse(shop: Shop, bareUrl: string, report: Report): Promise<string[][]> {
  const port = await freePort();
  const browser = await launchBrowser({ args: [`--remote-debugging-port=${port}`] });
  try {
    const ticket = await shop.list();
    const pages = [
      ['list', shop.url],
      ['ticket', `${shop.url}/tickets/${ticket.id}`],
      ['sign-in', `${shop.url}/auth/signin`, NOT_FOUND_ON_PURPOSE],
      ['a bare page', bareUrl],
    ] as const;
    const rows: string[][] = [];
    for (const [page, url, skipAudits = []] of pages) {
      report(page);
      rows.push([page, ...(await marksOf(url, { port, skipAudits: [...skipAudits] }))]);
    }
    return [head, ...rows, budget];
  } finally {
    await browser.close();
  }
}

/** By category, the median of some runs. */
async function marksOf(url: string, flags: Flags): Promise<string[]> {
  const runs: Result[] = [];
  while (runs.length < RUNS) runs.push(await run(url, flags));
  return categories.map((category) => {
    const marks = runs.map((one) => one.categories[category]?.score ?? 0);
    return (100 * quantile(marks, 0.5)).toFixed(0);
  });
}

async function run(url: string, flags: Flags): Promise<Result> {
  // It comes as ES modules only.
  const { default: lighthouse } = await import('lighthouse');
  // It has Sentry aboard, which is to tell nobody of our pages.
  const quiet = { logLevel: 'error', enableErrorReporting: false } as const;
  const ended = await lighthouse(url, { ...flags, ...quiet, onlyCategories: categories });
  if (!ended || ended.lhr.runtimeError) {
    throw new Error(`Lighthouse can't tell of ${url}: ${ended?.lhr.runtimeError?.message ?? 'no result'}`);
  }
  return ended.lhr;
}
