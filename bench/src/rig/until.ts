import { setTimeout as delay } from 'node:timers/promises';

const POLL_MILLISECONDS = 100;

/** Resolves when it is so. @throws Error when that takes longer than the limit */
export async function until(what: string, isSo: () => Promise<boolean> | boolean, limitSeconds = 120): Promise<void> {
  const end = Date.now() + limitSeconds * 1000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`waited in vain for ${limitSeconds} s: ${what}`);
    await delay(POLL_MILLISECONDS);
  }
}
