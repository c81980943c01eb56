import { quantile } from './timings';

/** How long the server takes for a page, in milliseconds. */
export interface Rendering {
  readonly p50: number;
  readonly p95: number;
}

const WARM_UP = 20;
const REQUESTS = 100;

/** @param call the slowest request to a service that the page waits for: its time is not the page's */
export async function renderingOf(page: string, cookie: string, call?: string): Promise<Rendering> {
  const times: number[] = [];
  for (let count = 0; count < WARM_UP + REQUESTS; count += 1) {
    const own = call ? await timeOf(call, cookie) : 0;
    times.push((await timeOf(page, cookie)) - own);
  }
  const measured = times.slice(WARM_UP);
  return { p50: quantile(measured, 0.5), p95: quantile(measured, 0.95) };
}

async function timeOf(url: string, cookie: string): Promise<number> {
  const begin = performance.now();
  const response = await fetch(url, { headers: { cookie } });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return performance.now() - begin;
}
