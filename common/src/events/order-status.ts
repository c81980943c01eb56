import { z } from 'zod';

/** The three states of an order. Cancelled always means: the ticket is free and the money goes back to zero. */
export const orderStatusSchema = z.enum(['created', 'complete', 'cancelled']);
export type OrderStatus = z.infer<typeof orderStatusSchema>;
export const OrderStatus = orderStatusSchema.enum;

/** Why an order ended: its buyer, its clock, its seller, its money. */
export const cancelReasonSchema = z.enum(['user', 'expired', 'withdrawn', 'unpaid', 'refunded']);
export type CancelReason = z.infer<typeof cancelReasonSchema>;
export const CancelReason = cancelReasonSchema.enum;
