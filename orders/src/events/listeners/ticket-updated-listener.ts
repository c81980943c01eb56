import { Listener, type EventOf } from '@ticketing/common';
import { storeTicket } from '../../models/ticket';

export class TicketUpdatedListener extends Listener<'ticket:updated'> {
  readonly subject = 'ticket:updated';

  async handle({ data }: EventOf<'ticket:updated'>): Promise<void> {
    await storeTicket(data);
  }
}
