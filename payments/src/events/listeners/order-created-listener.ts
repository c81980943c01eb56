import { Listener, type EventOf } from '@ticketing/common';
import { followOrder } from '../../operations/change-payment';
import { settleSoon } from '../../operations/settle-soon';

export class OrderCreatedListener extends Listener<'order:created'> {
  readonly subject = 'order:created';

  async handle({ data }: EventOf<'order:created'>): Promise<void> {
    const payment = await followOrder(data);
    if (payment.settleAt) settleSoon(data.id);
  }
}
