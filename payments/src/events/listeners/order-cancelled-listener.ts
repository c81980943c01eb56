import { Listener, type EventOf } from '@ticketing/common';
import { followOrder } from '../../operations/change-payment';
import { settleSoon } from '../../operations/settle-soon';

export class OrderCancelledListener extends Listener<'order:cancelled'> {
  readonly subject = 'order:cancelled';

  async handle({ data }: EventOf<'order:cancelled'>): Promise<void> {
    const payment = await followOrder(data);
    if (payment.settleAt) settleSoon(data.id);
  }
}
