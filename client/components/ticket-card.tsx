import Link from 'next/link';
import type { Ticket } from '../api/types';
import { hueOf } from '../lib/hue';
import { texts } from '../texts';
import { Price } from './price';
import { StatusBadge } from './status-badge';
import { TicketFacts } from './ticket-facts';

interface Props {
  ticket: Ticket;
  /** In the list of what can be bought every status is the same. */
  withStatus?: boolean;
}

export function TicketCard({ ticket, withStatus = false }: Props) {
  return (
    <li className={`ticket-card hue-${hueOf(ticket.id)}`} data-id={ticket.id}>
      <div>
        <h2>
          <Link href={`/tickets/${ticket.id}`}>{ticket.title}</Link>
        </h2>
        <TicketFacts ticket={ticket} />
        {withStatus && <StatusBadge status={ticket.status} />}
      </div>
      <p className="stub">
        {withStatus && ticket.status === 'sold' && texts.ownTickets.soldFor} <Price value={ticket.price} />
      </p>
    </li>
  );
}
