import { crashPoint, Listener, type EventOf } from '@ticketing/common';
import { holderOf } from '../../models/order';
import { storeWithdrawal } from '../../models/ticket';
import { changeOrder } from '../../operations/change-order';

export class TicketDeletedListener extends Listener<'ticket:deleted'> {
  readonly subject = 'ticket:deleted';

  /** The withdrawal is stored first: an order made after the look for one sees it (see `reserveTicket`). */
  async handle({ data }: EventOf<'ticket:deleted'>): Promise<void> {
    await storeWithdrawal(data);
    crashPoint('withdrawal stored, its order not yet cancelled');
    const holder = await holderOf(data.id);
    if (!holder) return;
    await changeOrder(holder._id, (order) => {
      // A sale that was faster stands.
      if (order.status === 'created') order.cancel('withdrawn');
    });
  }
}
