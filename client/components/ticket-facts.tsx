import type { Ticket } from '../api/types';
import { texts } from '../texts';
import { LocalTime } from './local-time';

/** What, where and when, as far as the seller said. */
export function TicketFacts({ ticket }: { ticket: Pick<Ticket, 'category' | 'venue' | 'startsAt'> }) {
  return (
    <ul className="ticket-facts">
      <li>{texts.categories[ticket.category]}</li>
      {ticket.venue && <li>{ticket.venue}</li>}
      {ticket.startsAt && (
        <li>
          <LocalTime iso={ticket.startsAt} />
        </li>
      )}
    </ul>
  );
}
