import Link from 'next/link';
import type { Session, Ticket } from '../api/types';
import { formatPrice } from '../lib/money';
import { signInPath } from '../lib/return-to';
import type { TicketView } from '../lib/ticket-view';
import { texts } from '../texts';
import { ReserveButton } from './reserve-button';
import { WaysOn } from './ways-on';
import type { Way } from './ways-on';

interface Props {
  ticket: Ticket;
  view: TicketView;
  session: Session;
}

const otherTickets: Way = [texts.list.others, '/'];
const ownTickets: Way = [texts.ownTickets.title, '/tickets/mine'];

/** What can be done with a ticket, or why nothing can. */
export function TicketAction({ ticket, view, session }: Props) {
  switch (view.state) {
    case 'own':
      return <OwnTicket ticket={ticket} />;
    case 'available':
      return <Available ticketId={ticket.id} session={session} />;
    case 'past':
      return <NothingToDo text={texts.ticket.past} way={otherTickets} />;
    case 'held-by-you':
      return <YourOrder text={texts.ticket.held} href={`/orders/${view.orderId}`} action={texts.ticket.continue} />;
    case 'bought-by-you':
      return <YourOrder text={texts.ticket.bought} href={`/orders/${view.orderId}`} action={texts.ticket.showOrder} />;
    case 'reserved':
      return <NothingToDo text={texts.ticket.reserved} way={otherTickets} />;
    case 'sold':
      return <NothingToDo text={texts.ticket.sold} way={otherTickets} />;
  }
}

function OwnTicket({ ticket }: { ticket: Ticket }) {
  if (ticket.status === 'sold') {
    return <NothingToDo text={texts.ticket.ownSold(formatPrice(ticket.price))} way={ownTickets} />;
  }
  if (ticket.status === 'reserved') return <NothingToDo text={texts.ticket.ownReserved} way={ownTickets} />;
  return (
    <>
      <p>{texts.ticket.own}</p>
      <Link className="btn btn-primary" href={`/tickets/${ticket.id}/edit`}>
        {texts.ticket.edit}
      </Link>
    </>
  );
}

function NothingToDo({ text, way }: { text: string; way: Way }) {
  return (
    <>
      <p>{text}</p>
      <WaysOn ways={[way]} />
    </>
  );
}

function Available({ ticketId, session }: { ticketId: string; session: Session }) {
  return (
    <>
      <p>{texts.ticket.beforeReserving}</p>
      {session.state === 'signed-out' ? (
        <Link className="btn btn-primary" href={signInPath(`/tickets/${ticketId}`)}>
          {texts.ticket.signInToReserve}
        </Link>
      ) : (
        <ReserveButton ticketId={ticketId}>{texts.ticket.reserve}</ReserveButton>
      )}
    </>
  );
}

function YourOrder({ text, href, action }: { text: string; href: string; action: string }) {
  return (
    <>
      <p>{text}</p>
      <Link className="btn btn-primary" href={href}>
        {action}
      </Link>
    </>
  );
}
