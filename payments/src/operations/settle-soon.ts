import { log } from '@ticketing/common';
import type { Types } from 'mongoose';
import pLimit from 'p-limit';
import type { PaymentDocument } from '../models/payment';
import { changePayment } from './change-payment';
import { settle } from './settle';

type OrderId = string | Types.ObjectId;

/** Stripe bounds how much is asked of it at once, and buyers who wait for an answer come first. */
const AT_ONCE = 10;
const room = pLimit(AT_ONCE);

/** By order: the last run that was asked for, and the one that has not begun yet. */
const last = new Map<string, Promise<unknown>>();
const waiting = new Map<string, Promise<PaymentDocument>>();
/** Runs that nobody waits for, up to the note that they failed. */
const background = new Set<Promise<void>>();

/**
 * Settles the payment of an order after whatever run for it is under way. Who asks while one waits to begin shares it:
 * it will see everything that happened until then.
 */
export function settleInTurn(orderId: OrderId): Promise<PaymentDocument> {
  const key = String(orderId);
  const shared = waiting.get(key);
  if (shared) return shared;
  const before = last.get(key) ?? Promise.resolve();
  const run = before.then(() => begin(key));
  const done = run.then(ignore, ignore).then(() => {
    if (last.get(key) === done) last.delete(key);
  });
  waiting.set(key, run);
  last.set(key, done);
  return run;
}

/** Settles the payment of an order without anybody waiting for it; if that fails, a sweep tries it again. */
export function settleSoon(orderId: OrderId): void {
  const run = settleOrPostpone(orderId).finally(() => background.delete(run));
  background.add(run);
}

export async function settleOrPostpone(orderId: OrderId): Promise<void> {
  try {
    await room(() => settleInTurn(orderId));
  } catch (error) {
    log.warn({ orderId: String(orderId), error }, 'a payment could not be settled and will be tried again');
    await postpone(orderId);
  }
}

/** Resolves when everything that was asked for so far is done. */
export async function settlingDone(): Promise<void> {
  while (last.size + background.size > 0) await Promise.all([...last.values(), ...background]);
}

function begin(key: string): Promise<PaymentDocument> {
  waiting.delete(key);
  return settle(key);
}

async function postpone(orderId: OrderId): Promise<void> {
  try {
    await changePayment(orderId, (payment) => payment.postpone());
  } catch (error) {
    // It is still marked as unsettled, so the next sweep takes it up.
    log.warn({ orderId: String(orderId), error }, 'the next try of a payment could not be put off');
  }
}

function ignore(): void {
  // Who asked for the run hears how it ended.
}
