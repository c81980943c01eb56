import { crashPoint, isDuplicateKey, NotFoundError, onLatest } from '@ticketing/common';
import type { Types } from 'mongoose';
import { Payment, type OrderData, type PaymentDocument } from '../models/payment';

/** @throws NotFoundError when the order has not been heard of, or not yet */
export async function findPayment(orderId: string | Types.ObjectId): Promise<PaymentDocument> {
  const payment = await Payment.findOne({ orderId });
  if (!payment) throw new NotFoundError();
  return payment;
}

/**
 * Changes a payment by its verbs, decided on its latest state: who loses the race to save it decides again.
 * @throws NotFoundError when the order has not been heard of
 */
export function changePayment<T = void>(
  orderId: string | Types.ObjectId,
  decide: (payment: PaymentDocument) => T | Promise<T>,
): Promise<{ payment: PaymentDocument; result: T }> {
  return onLatest(async () => {
    const payment = await findPayment(orderId);
    const result = await decide(payment);
    if (payment.isModified()) await payment.save();
    return { payment, result };
  });
}

/** Stores the state of an order that an event tells, unless a newer one stands there. */
export async function followOrder(order: OrderData): Promise<PaymentDocument> {
  try {
    return await onLatest(async () => {
      const payment = (await Payment.findOne({ orderId: order.id })) ?? newPayment(order);
      payment.follow(order);
      if (payment.isModified()) await payment.save();
      crashPoint('order followed, its money not yet settled', order.status);
      return payment;
    });
  } catch (error) {
    // Another event of the same order made the document in this very moment: now it is there.
    if (isDuplicateKey(error, '_id')) return followOrder(order);
    throw error;
  }
}

/** Under the id of its order: one that was lost with this database is the same when its order is heard of again. */
function newPayment({ id: orderId }: OrderData): PaymentDocument {
  return new Payment({ _id: orderId, orderId });
}
