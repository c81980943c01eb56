import type { Category, Ticket } from '../api/types';
import { LocalTime } from './local-time';

export const categoryLabels: Record<Category, string> = {
  concert: 'Concert',
  sport: 'Sport',
  theatre: 'Theatre',
  festival: 'Festival',
  conference: 'Conference',
  other: 'Other',
};

/** What, where and when, as far as the seller said. */
export function TicketFacts({ ticket }: { ticket: Pick<Ticket, 'category' | 'venue' | 'startsAt'> }) {
  return (
    <ul className="ticket-facts">
      <li>{categoryLabels[ticket.category]}</li>
      {ticket.venue && <li>{ticket.venue}</li>}
      {ticket.startsAt && (
        <li>
          <LocalTime iso={ticket.startsAt} />
        </li>
      )}
    </ul>
  );
}
