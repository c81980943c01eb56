import Link from 'next/link';
import type { Session, Ticket } from '../api/types';
import { signInPath } from '../lib/return-to';
import type { TicketView } from '../lib/ticket-view';
import { ReserveButton } from './reserve-button';

interface Props {
  ticket: Ticket;
  view: TicketView;
  session: Session;
}

/** What can be done with a ticket, or why nothing can. */
export function TicketAction({ ticket, view, session }: Props) {
  switch (view.state) {
    case 'own':
      return <OwnTicket ticket={ticket} />;
    case 'available':
      return <Available ticketId={ticket.id} session={session} />;
    case 'past':
      return <p>This event is over.</p>;
    case 'held-by-you':
      return <YourOrder text="You hold this ticket." href={`/orders/${view.orderId}`} action="Continue to payment" />;
    case 'bought-by-you':
      return <YourOrder text="You bought this ticket." href={`/orders/${view.orderId}`} action="Show order" />;
    case 'reserved':
      return <p>Someone is holding this ticket. If they do not pay in time, it comes back on sale.</p>;
    case 'sold':
      return <p>This ticket is sold.</p>;
  }
}

function OwnTicket({ ticket }: { ticket: Ticket }) {
  if (ticket.status === 'sold') return <p>This is your ticket, and it is sold.</p>;
  if (ticket.status === 'reserved')
    return <p>This is your ticket. Somebody has reserved it, so it cannot be changed now.</p>;
  return (
    <>
      <p>This is your ticket.</p>
      <Link className="btn btn-primary" href={`/tickets/${ticket.id}/edit`}>
        Edit
      </Link>
    </>
  );
}

function Available({ ticketId, session }: { ticketId: string; session: Session }) {
  return (
    <>
      <p>Once reserved, the ticket is held for you while you pay, usually for 15 minutes.</p>
      {session.state === 'signed-out' ? (
        <Link className="btn btn-primary" href={signInPath(`/tickets/${ticketId}`)}>
          Sign in to reserve
        </Link>
      ) : (
        <ReserveButton ticketId={ticketId}>Reserve</ReserveButton>
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
