/** The last of ten tries comes about ten minutes after the first: longer than a restart, shorter than a night. */
export const MAX_ATTEMPTS = 10;
const FIRST_WAIT_MILLISECONDS = 1000;
const LONGEST_WAIT_MILLISECONDS = 5 * 60_000;

/** When to try again after so many failed attempts: 1 s, 2 s, 4 s … up to 5 minutes, counted from `now`. */
export function nextTry(attempts: number, now = Date.now()): Date {
  return new Date(now + Math.min(FIRST_WAIT_MILLISECONDS * 2 ** (attempts - 1), LONGEST_WAIT_MILLISECONDS));
}
