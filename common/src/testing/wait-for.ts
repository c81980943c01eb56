import { setTimeout as delay } from 'node:timers/promises';

const POLL_MILLISECONDS = 10;

type Truthy<T> = Exclude<T, false | 0 | '' | null | undefined>;

/**
 * Waits until `check` neither throws nor returns something falsy, and returns what it gave.
 * @param what is waited for: the error says it, with the last reason why it was not so
 * @param limit milliseconds after which it is an error
 */
export async function waitFor<T>(
  check: () => T | Promise<T>,
  what = 'a condition',
  limit = 10_000,
): Promise<Truthy<T>> {
  const end = Date.now() + limit;
  let reason: unknown;
  do {
    try {
      const result = await check();
      if (result) return result as Truthy<T>;
      reason = `it was ${String(result)}`;
    } catch (error) {
      reason = error;
    }
    await delay(POLL_MILLISECONDS);
  } while (Date.now() < end);
  throw new Error(`waited ${limit / 1000} s for ${what}, in vain: ${String(reason)}`, { cause: reason });
}
