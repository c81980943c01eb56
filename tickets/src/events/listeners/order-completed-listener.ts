import { Listener, type EventOf } from '@ticketing/common';
import { recordOrder } from '../../operations/record-order';

export class OrderCompletedListener extends Listener<'order:completed'> {
  readonly subject = 'order:completed';

  async handle({ data }: EventOf<'order:completed'>): Promise<void> {
    await recordOrder(data);
  }
}
