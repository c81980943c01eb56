import type { ApiError } from '../api/errors';
import type { ErrorCode } from '../api/types';
import { texts } from '../texts';
import type { CheckoutEvent } from './checkout-machine';

/** What the refusal or the silence of `POST /api/payments` means for the checkout. */
export function paymentEvent(error: ApiError): CheckoutEvent {
  const { clientSecret, code, message, retryAfter } = error;
  if (error.isOutage) return { type: 'no-answer' };
  if (code === 'authentication_required' && clientSecret) return { type: 'authentication-required', clientSecret };
  if (error.status === 404) {
    return { type: 'order-not-known-yet', message: texts.payment.notReady };
  }
  return (code && conflictEvents[code]) ?? { type: 'payment-refused', message, retryAfter };
}

const conflictEvents: Partial<Record<ErrorCode, CheckoutEvent>> = {
  order_paid: { type: 'order-already-paid' },
  order_cancelled: { type: 'order-closed' },
  order_expired: { type: 'order-closed' },
  // Another request of this order is at work; the order will tell, or the same request again.
  payment_in_progress: { type: 'no-answer' },
  conflict: { type: 'no-answer' },
};
