import { setTimeout as delay } from 'node:timers/promises';
import type { Audit, Finding } from './compare-books';

export interface Patience {
  readonly looks: number;
  /** Milliseconds before each. */
  readonly pause: number;
}

/**
 * Payments leaves an ended order for 2 s to those who heard of its end, and after a failure waits 5 s and then 10 s; each
 * time its sweep may come 5 s later. So its third try begins within 32 s, and this goes on for longer.
 */
const PATIENCE: Patience = { looks: 8, pause: 5000 };

/**
 * Money follows its order with a delay, and the books are read one after the other: only what every look finds is wrong.
 * @returns the last look, with what all have found
 */
export async function whatStays<Look extends Audit>(
  first: Look,
  lookAgain: () => Promise<Look>,
  { looks, pause }: Patience = PATIENCE,
): Promise<Look> {
  let last = first;
  for (let look = 0; look < looks && last.findings.length > 0; look += 1) {
    await delay(pause);
    const before = new Set(last.findings.map(identityOf));
    const next = await lookAgain();
    last = { ...next, findings: next.findings.filter((finding) => before.has(identityOf(finding))) };
  }
  return last;
}

/** Its amounts may change while it stays. */
function identityOf({ kind, orderId, intents }: Finding): string {
  return JSON.stringify([kind, orderId, [...intents].sort()]);
}
