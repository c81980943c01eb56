import { Listener, type EventOf } from '@ticketing/common';
import { storeTicket } from '../../models/ticket';

export class TicketCreatedListener extends Listener<'ticket:created'> {
  readonly subject = 'ticket:created';

  async handle({ data }: EventOf<'ticket:created'>): Promise<void> {
    await storeTicket(data);
  }
}
