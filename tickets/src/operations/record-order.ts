import type { EventData } from '@ticketing/common';
import { changeTicket } from './change-ticket';

type Order = EventData<'order:created' | 'order:cancelled' | 'order:completed'>;

/**
 * Takes note of an order, and with it of who has the ticket.
 *
 * A ticket was saved here before anybody could order it. So one that is missing is lost, say by a backup that is being
 * restored: the event fails and is kept for later, as to skip it would lose a sale without a word.
 */
export async function recordOrder({ id, version, status, expiresAt, ticket }: Order): Promise<void> {
  await changeTicket(ticket.id, (found) => {
    found.recordOrder({ id, version, status, expiresAt: new Date(expiresAt) });
  });
}
