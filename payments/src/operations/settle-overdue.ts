import { Payment } from '../models/payment';
import { settleOrPostpone } from './settle-soon';

const AT_ONCE = 10;
/** What is put off goes to the end, so that a payment which can't be settled never keeps the others waiting. */
const A_ROUND = 500;

/** Settles what no prompt came for, or what could not be settled then: listeners, webhooks and Stripe may be away. */
export async function settleOverdue(signal?: AbortSignal): Promise<void> {
  const overdue = Payment.find({ settleAt: { $lte: new Date() } })
    .sort({ settleAt: 1 })
    .limit(A_ROUND)
    .select('orderId');
  await overdue
    .lean()
    // The limit for an operation holds for each step, not for the whole way.
    .cursor({ timeoutMode: 'iteration' })
    .eachAsync(({ orderId }) => settleOrPostpone(orderId), { parallel: AT_ONCE, signal });
}

/** Of open orders nothing can be told: whether their buyers pay is up to them. */
export async function countUnsettled(): Promise<number> {
  // Spelled so that the sparse index is chosen; `$exists` would walk every document.
  return Payment.countDocuments({ settleAt: { $gt: new Date(0) }, 'order.status': { $ne: 'created' } });
}
