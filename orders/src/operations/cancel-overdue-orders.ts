import { Batches, onLatest } from '@ticketing/common';
import type { Types } from 'mongoose';
import { Order } from '../models/order';

type Id = string | Types.ObjectId;

const AT_ONCE = 200;
const cancellations = new Batches<Id>(cancelThoseOverdue, AT_ONCE);

/**
 * Frees the ticket of an order whose time is up; leaves any other order as it is, however often it is asked. Orders of a
 * sale that drew a crowd end in the same moment: those that are asked for together are cancelled together.
 */
export function cancelIfOverdue(orderId: Id): Promise<void> {
  return cancellations.add(orderId);
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

async function cancelThoseOverdue(ids: readonly Id[]): Promise<void> {
  try {
    await onLatest(() => cancelTogether(ids));
  } catch (error) {
    if (ids.length === 1) throw error;
    // One that can't be saved is not to keep the tickets of the others.
    const outcomes = await Promise.allSettled(ids.map((id) => cancelThoseOverdue([id])));
    const failure = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failure) throw failure.reason;
  }
}

async function cancelTogether(ids: readonly Id[]): Promise<void> {
  const open = await Order.find({ _id: { $in: ids }, status: 'created' });
  const overdue = open.filter((order) => order.isOverdue());
  for (const order of overdue) order.cancel('expired');
  if (overdue.length > 0) await Order.bulkSave(overdue, { ordered: false });
}
