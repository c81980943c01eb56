import type { Session, Ticket } from '../api/types';

/** How a ticket stands to the person who looks at it. */
export type TicketView =
  | { state: 'own' | 'available' | 'past' | 'reserved' | 'sold' }
  | { state: 'held-by-you' | 'bought-by-you'; orderId: string };

interface Look {
  ticket: Ticket;
  visitor: Session;
  /** The order that the ticket names is this visitor's. */
  ownsOrder: boolean;
  /** The server's time. */
  now: number;
}

export function ticketView({ ticket, visitor, ownsOrder, now }: Look): TicketView {
  if (visitor.state === 'signed-in' && visitor.user.id === ticket.userId) return { state: 'own' };
  if (ownsOrder && ticket.orderId !== undefined) {
    return { state: ticket.status === 'sold' ? 'bought-by-you' : 'held-by-you', orderId: ticket.orderId };
  }
  if (ticket.status !== 'available') return { state: ticket.status };
  const isPast = ticket.startsAt !== undefined && Date.parse(ticket.startsAt) <= now;
  return { state: isPast ? 'past' : 'available' };
}
