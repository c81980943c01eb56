import Link from 'next/link';
import type { Page, Ticket } from '../../api/types';
import { withSession } from '../../api/with-session';
import { EmptyState } from '../../components/empty-state';
import { PageHeading } from '../../components/page-heading';
import { TicketList } from '../../components/ticket-list';
import { firstValue } from '../../lib/ticket-query';
import { texts } from '../../texts';

interface Props {
  tickets: Page<Ticket>;
}

const own = { seller: 'me' } as const;

export const getServerSideProps = withSession<Props>(
  async ({ api, query }) => ({ props: { tickets: await api.listTickets(own, firstValue(query.cursor)) } }),
  { private: true },
);

export default function OwnTicketsPage({ tickets }: Props) {
  return (
    <>
      <PageHeading title={texts.ownTickets.title} />
      {tickets.items.length > 0 ? (
        <TicketList first={tickets} query={own} href={(cursor) => `/tickets/mine?cursor=${cursor}`} withStatus />
      ) : (
        <EmptyState title={texts.ownTickets.empty}>
          <Link href="/tickets/new">{texts.sell.title}</Link>
        </EmptyState>
      )}
    </>
  );
}
