import { z } from 'zod';
import { idField } from './fields';

/** The money for an order is authorised; nothing is captured yet. `amount` is in integer cents. */
export const paymentCreatedSchema = z.looseObject({
  id: idField,
  orderId: idField,
  stripeId: z.string().min(1),
  amount: z.number().int().min(0),
  currency: z.string().length(3),
});

export const paymentFailureSchema = z.enum(['capture_refused', 'authorisation_lost', 'refunded']);
export type PaymentFailure = z.infer<typeof paymentFailureSchema>;

/** The money for an order is not, or no longer, there. */
export const paymentFailedSchema = z.looseObject({ orderId: idField, reason: paymentFailureSchema });
