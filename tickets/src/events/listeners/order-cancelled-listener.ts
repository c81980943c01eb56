import { Listener, type EventOf } from '@ticketing/common';
import { recordOrder } from '../../operations/record-order';

export class OrderCancelledListener extends Listener<'order:cancelled'> {
  readonly subject = 'order:cancelled';

  async handle({ data }: EventOf<'order:cancelled'>): Promise<void> {
    await recordOrder(data);
  }
}
