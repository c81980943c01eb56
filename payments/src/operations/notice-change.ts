import { crashPoint } from '@ticketing/common';
import { Payment } from '../models/payment';
import type { News } from '../stripe/webhook-events';
import { changePayment } from './change-payment';
import { settleSoon } from './settle-soon';

/**
 * Has a payment compared with its order again. When this returns, that is written down and will happen, even if this
 * process ends now. News of an intent that nobody here knows is none.
 */
export async function noticeChange({ stripeId, status }: News): Promise<void> {
  const known = await Payment.findOne({ stripeId, status: { $ne: status } })
    .select('orderId')
    .lean();
  if (!known) return;
  await changePayment(known.orderId, (payment) => {
    if (!payment.settleAt) payment.markUnsettled();
  });
  crashPoint('news of Stripe noted, not yet settled');
  settleSoon(known.orderId);
}
