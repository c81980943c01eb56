import { Listener, type EventOf } from '@ticketing/common';
import { followOrder } from '../../operations/change-payment';
import { settleSoon } from '../../operations/settle-soon';

export class OrderCompletedListener extends Listener<'order:completed'> {
  readonly subject = 'order:completed';

  async handle({ data }: EventOf<'order:completed'>): Promise<void> {
    const payment = await followOrder(data);
    if (payment.settleAt) settleSoon(data.id);
  }
}
