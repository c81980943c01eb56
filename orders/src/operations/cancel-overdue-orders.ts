import type { Types } from 'mongoose';
import { Order } from '../models/order';
import { changeOrder } from './change-order';

const AT_ONCE = 50;

/** Frees the ticket of an order whose time is up; leaves any other order as it is, however often it is asked. */
export async function cancelIfOverdue(orderId: string | Types.ObjectId): Promise<void> {
  await changeOrder(orderId, (order) => {
    if (order.isOverdue()) order.cancel('expired');
  });
}

/** Cancels what no prompt came for: timers, their store and the bus may be away, the time is up all the same. */
export async function cancelOverdueOrders(signal?: AbortSignal): Promise<void> {
  const overdue = Order.find({ status: 'created', expiresAt: { $lte: new Date() } }).select('_id');
  await overdue
    .lean()
    // The limit for an operation holds for each step, not for the whole way.
    .cursor({ timeoutMode: 'iteration' })
    .eachAsync(({ _id }) => cancelIfOverdue(_id), { parallel: AT_ONCE, continueOnError: true, signal });
}
