import type { Ticket } from '../api/types';
import { texts } from '../texts';
import type { TicketView } from './ticket-view';

const notices: Record<string, string> = {
  listed: texts.ticket.listedNotice,
  changed: texts.ticket.changedNotice,
};

/** What a seller is told after an action that led to the ticket. The address may be opened by anybody, and later. */
export function ticketNotice(name: string | undefined, ticket: Ticket, view: TicketView): string | null {
  if (view.state !== 'own' || ticket.status !== 'available') return null;
  return notices[name ?? ''] ?? null;
}
