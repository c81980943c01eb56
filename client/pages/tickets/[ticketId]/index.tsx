import { useRouter } from 'next/router';
import { useEffect } from 'react';
import type { Api } from '../../../api/calls';
import { ApiError } from '../../../api/errors';
import type { Session, Ticket } from '../../../api/types';
import { withSession } from '../../../api/with-session';
import { Notice } from '../../../components/notice';
import { Price } from '../../../components/price';
import { StatusBadge } from '../../../components/status-badge';
import { TicketAction } from '../../../components/ticket-action';
import { TicketFacts } from '../../../components/ticket-facts';
import { TicketHeading } from '../../../components/ticket-heading';
import { getConfig } from '../../../lib/config';
import { hueOf } from '../../../lib/hue';
import { ticketNotice } from '../../../lib/ticket-notice';
import { firstValue } from '../../../lib/ticket-query';
import { ticketView } from '../../../lib/ticket-view';
import type { TicketView } from '../../../lib/ticket-view';

interface Props {
  ticket: Ticket;
  view: TicketView;
  /** Of this page, with its host. */
  address: string;
  notice: string | null;
}

export const getServerSideProps = withSession<Props>(async ({ api, session, params, query }) => {
  const ticket = await api.showTicket(String(params?.ticketId));
  const visitor = await session;
  const ownsOrder = await hasOrder(api, ticket, visitor);
  const view = ticketView({ ticket, visitor, ownsOrder, now: Date.now() });
  const address = `${getConfig().publicOrigin}/tickets/${ticket.id}`;
  return { props: { ticket, view, address, notice: ticketNotice(firstValue(query.notice), ticket, view) } };
});

/** Only the holder may see the order that holds a ticket, so orders itself tells who that is. */
async function hasOrder(api: Api, ticket: Ticket, visitor: Session): Promise<boolean> {
  const cannot = visitor.state === 'signed-out' || (visitor.state === 'signed-in' && visitor.user.id === ticket.userId);
  if (cannot || ticket.orderId === undefined) return false;
  try {
    const { order } = await api.showOrder(ticket.orderId);
    return order.status !== 'cancelled';
  } catch (error) {
    // The ticket can be shown without this, even while orders is down.
    if (error instanceof ApiError) return false;
    throw error;
  }
}

export default function TicketPage({ ticket, view, address, notice, session }: Props & { session: Session }) {
  const router = useRouter();
  useEffect(() => {
    // Said once: a reload or a bookmark does not bring it back.
    if (notice !== null) void router.replace(`/tickets/${ticket.id}`, undefined, { shallow: true, scroll: false });
  }, [notice, ticket.id]);

  return (
    <article className="ticket-page">
      {notice && <Notice tone="success">{notice}</Notice>}
      <TicketHeading ticket={ticket} view={view} address={address} />
      <div className={`ticket-card hue-${hueOf(ticket.id)}`}>
        <div>
          <TicketFacts ticket={ticket} />
          <StatusBadge status={ticket.status} />
        </div>
        <p className="stub">
          <Price value={ticket.price} />
        </p>
      </div>
      {ticket.description && <p className="description">{ticket.description}</p>}
      <div className="ticket-action" aria-live="polite">
        <TicketAction ticket={ticket} view={view} session={session} />
      </div>
    </article>
  );
}
