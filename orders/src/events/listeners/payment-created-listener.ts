import { Listener, toCents, type CancelReason, type EventData, type EventOf } from '@ticketing/common';
import type { OrderDocument } from '../../models/order';
import { isWithdrawn } from '../../models/ticket';
import { changeOrder } from '../../operations/change-order';

type Payment = EventData<'payment:created'>;

export class PaymentCreatedListener extends Listener<'payment:created'> {
  readonly subject = 'payment:created';

  /**
   * Completes the order, however late the payment comes: until somebody cancels it, it has its ticket. The money for a
   * cancelled order needs nothing here; payments gives it back when it hears of the end.
   */
  async handle({ data: payment }: EventOf<'payment:created'>): Promise<void> {
    await changeOrder(payment.orderId, async (order) => {
      if (order.status === 'cancelled') return;
      const obstacle = order.status === 'created' ? await obstacleTo(order, payment) : undefined;
      if (obstacle) order.cancel(obstacle);
      else order.complete(payment.id);
    });
  }
}

async function obstacleTo({ ticket }: OrderDocument, { amount, currency }: Payment): Promise<CancelReason | undefined> {
  if (amount !== toCents(ticket.price) || currency !== 'usd') return 'unpaid';
  return (await isWithdrawn(ticket.id)) ? 'withdrawn' : undefined;
}
