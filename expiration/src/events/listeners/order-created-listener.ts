import { Listener, type EventOf } from '@ticketing/common';
import { expirationQueue } from '../../expiration-queue';

/** An order this long past is a replay, and orders' own sweep ended it long ago. */
const TOO_LATE_MILLISECONDS = 60 * 60 * 1000;

export class OrderCreatedListener extends Listener<'order:created'> {
  readonly subject = 'order:created';

  async handle({ data: order }: EventOf<'order:created'>): Promise<void> {
    const expiresAt = new Date(order.expiresAt);
    if (Date.now() - expiresAt.getTime() > TOO_LATE_MILLISECONDS) return;
    await expirationQueue.schedule(order.id, expiresAt);
  }
}
