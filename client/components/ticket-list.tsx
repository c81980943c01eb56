import type { ListTicketsQuery, Page, Ticket } from '../api/types';
import { useMore } from '../hooks/use-more';
import { ShowMore } from './show-more';
import { TicketCard } from './ticket-card';

interface Props {
  first: Page<Ticket>;
  query: Omit<ListTicketsQuery, 'cursor'>;
  /** The address of the page of the list that begins at a cursor. */
  href: (cursor: string) => string;
  withStatus?: boolean;
}

export function TicketList({ first, query, href, withStatus = false }: Props) {
  const { items, next, listRef, showMore, ...request } = useMore(first, (api, cursor) =>
    api.listTickets(query, cursor),
  );
  return (
    <div ref={listRef}>
      <ul className="ticket-grid">
        {items.map((ticket) => (
          <TicketCard key={ticket.id} ticket={ticket} withStatus={withStatus} />
        ))}
      </ul>
      {next !== null && <ShowMore href={href(next)} onShowMore={showMore} {...request} />}
    </div>
  );
}
