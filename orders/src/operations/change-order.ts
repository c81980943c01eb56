import { NotFoundError, onLatest } from '@ticketing/common';
import type { Types } from 'mongoose';
import { Order, type OrderDocument } from '../models/order';

/**
 * Changes an order by its verbs, decided on its latest state: who loses the race to save it decides again.
 * @throws NotFoundError when there is no such order; ConflictError `conflict` when the race was lost too often
 */
export function changeOrder(
  id: string | Types.ObjectId,
  decide: (order: OrderDocument) => void | Promise<void>,
): Promise<OrderDocument> {
  return onLatest(async () => {
    const order = await Order.findById(id);
    if (!order) throw new NotFoundError();
    await decide(order);
    if (order.isModified()) await order.save();
    return order;
  });
}
