import { Payment } from '../models/payment';
import { refundedSince } from '../stripe/intents';
import { noticeChange } from './notice-change';

/** Longer than this service is ever away. */
const LOOK_BACK_MILLISECONDS = 7 * 24 * 60 * 60 * 1000;

/**
 * Finds out about refunds that somebody made at Stripe: a captured payment is settled, and nothing looks at it again
 * by itself. Usually a webhook tells; this finds what it did not tell.
 */
export async function noticeRefunds(): Promise<void> {
  const refunded = await refundedSince(new Date(Date.now() - LOOK_BACK_MILLISECONDS));
  const unaware = await Payment.distinct('stripeId', { stripeId: { $in: refunded }, status: 'captured' });
  for (const stripeId of unaware) await noticeChange({ stripeId, status: 'refunded' });
}
