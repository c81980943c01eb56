import { NotFoundError, onLatest, usualMessage } from '@ticketing/common';
import { refusals, Ticket, type TicketDocument } from '../models/ticket';

type Decide = (ticket: TicketDocument) => void;

/**
 * Changes a ticket by its verbs, decided on its latest state: who loses the race to save it decides again.
 * @throws NotFoundError when there never was such a ticket; ConflictError `conflict` when the race was lost too often
 */
export function changeTicket(id: string, decide: Decide): Promise<TicketDocument> {
  return onLatest(async () => {
    const ticket = await Ticket.findById(id);
    if (!ticket) throw new NotFoundError();
    decide(ticket);
    if (ticket.isModified()) await ticket.save();
    return ticket;
  });
}

const { not_found, conflict } = usualMessage;
/** What can come of it when a seller changes a ticket. */
export const refusalsOfChange = { ...refusals, not_found, conflict };

/** Changes a ticket for its seller, for whom a withdrawn one is gone. */
export function changeOwnTicket(id: string, userId: string, decide: Decide): Promise<TicketDocument> {
  return changeTicket(id, (ticket) => {
    if (ticket.isWithdrawn()) throw new NotFoundError();
    ticket.assertBelongsTo(userId);
    decide(ticket);
  });
}
