import { Listener, type EventOf } from '@ticketing/common';
import { cancelIfOverdue } from '../../operations/cancel-overdue-orders';

export class ExpirationCompleteListener extends Listener<'expiration:complete'> {
  readonly subject = 'expiration:complete';

  async handle({ data }: EventOf<'expiration:complete'>): Promise<void> {
    await cancelIfOverdue(data.orderId);
  }
}
