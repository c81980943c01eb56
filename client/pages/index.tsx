import Link from 'next/link';
import { ApiError, refuseIfWrong } from '../api/errors';
import type { Page, Ticket } from '../api/types';
import { withSession } from '../api/with-session';
import { EmptyState } from '../components/empty-state';
import { Notice } from '../components/notice';
import { PageHeading } from '../components/page-heading';
import { TicketFilter } from '../components/ticket-filter';
import { TicketList } from '../components/ticket-list';
import { firstValue, isNarrowed, listPath, queryFaults, readTicketQuery } from '../lib/ticket-query';
import type { TicketQuery } from '../lib/ticket-query';
import { texts } from '../texts';

interface Props {
  query: TicketQuery;
  tickets: Page<Ticket>;
  /** What is wrong with the query, by field; then the list is the whole one. */
  errors: Record<string, string>;
}

export const getServerSideProps = withSession<Props>(async ({ api, query: address }) => {
  const query = readTicketQuery(address);
  try {
    refuseIfWrong(queryFaults(query));
    return { props: { query, tickets: await api.listTickets(query, firstValue(address.cursor)), errors: {} } };
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 400) throw error;
    return { props: { query, tickets: await api.listTickets({}), errors: error.fields } };
  }
});

export default function TicketsPage({ query, tickets, errors }: Props) {
  const isWrong = Object.keys(errors).length > 0;
  const applied = isWrong ? {} : query;
  const address = listPath(query);
  return (
    <>
      <PageHeading title={texts.list.title} description={texts.list.description} />
      <TicketFilter key={`filter of ${address}`} query={query} errors={errors} />
      {isWrong && <Notice tone="warning">{texts.list.wrongSearch}</Notice>}
      {tickets.items.length > 0 ? (
        <TicketList
          key={`list of ${address}`}
          first={tickets}
          query={applied}
          href={(cursor) => listPath(applied, cursor)}
        />
      ) : (
        <NoTickets narrowed={isNarrowed(applied)} />
      )}
    </>
  );
}

function NoTickets({ narrowed }: { narrowed: boolean }) {
  return narrowed ? (
    <EmptyState title={texts.list.noMatch}>
      <Link href="/">{texts.list.showAll}</Link>
    </EmptyState>
  ) : (
    <EmptyState title={texts.list.empty}>
      <Link href="/tickets/new">{texts.list.sellFirst}</Link>
    </EmptyState>
  );
}
