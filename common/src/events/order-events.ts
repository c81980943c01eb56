import { z } from 'zod';
import { dollarsField, idField, timeField, versionField } from './fields';
import { cancelReasonSchema, orderStatusSchema } from './order-status';

/** The whole public state of an order. Its ticket is the ticket as it was when the order reserved it. */
export const orderSchema = z.looseObject({
  id: idField,
  status: orderStatusSchema,
  reason: cancelReasonSchema.optional(),
  userId: idField,
  expiresAt: timeField,
  ticket: z.looseObject({ id: idField, title: z.string(), price: dollarsField }),
  paymentId: idField.optional(),
  version: versionField,
  createdAt: timeField,
});

export const orderCreatedSchema = orderSchema;
export const orderCancelledSchema = orderSchema.extend({ reason: cancelReasonSchema });
export const orderCompletedSchema = orderSchema.extend({ paymentId: idField });
