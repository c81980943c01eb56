import { Listener, type EventOf } from '@ticketing/common';
import { changeOrder } from '../../operations/change-order';

export class PaymentFailedListener extends Listener<'payment:failed'> {
  readonly subject = 'payment:failed';

  /** An order has one payment: without its money it can't be paid any more, complete or not. */
  async handle({ data: { orderId, reason } }: EventOf<'payment:failed'>): Promise<void> {
    await changeOrder(orderId, (order) => order.cancel(reason === 'refunded' ? 'refunded' : 'unpaid'));
  }
}
