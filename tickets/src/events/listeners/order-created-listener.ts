import { Listener, type EventOf } from '@ticketing/common';
import { recordOrder } from '../../operations/record-order';

export class OrderCreatedListener extends Listener<'order:created'> {
  readonly subject = 'order:created';

  async handle({ data }: EventOf<'order:created'>): Promise<void> {
    await recordOrder(data);
  }
}
