import { useRouter } from 'next/router';
import { useState } from 'react';
import { showTicket, updateTicket, withdrawTicket } from '../../../api/calls';
import type { Ticket } from '../../../api/types';
import { withSession } from '../../../api/with-session';
import { ConfirmDialog } from '../../../components/confirm-dialog';
import { FormErrors } from '../../../components/form-errors';
import { Notice } from '../../../components/notice';
import { PageHeading } from '../../../components/page-heading';
import { SubmitButton } from '../../../components/submit-button';
import { TicketForm } from '../../../components/ticket-form';
import { useRequest } from '../../../hooks/use-request';

interface Props {
  ticket: Ticket;
}

export const getServerSideProps = withSession<Props>(
  async ({ client, session, params }) => {
    const ticket = await showTicket(client, String(params?.ticketId));
    const visitor = await session;
    const isForeign = visitor.state === 'signed-in' && visitor.user.id !== ticket.userId;
    return isForeign ? { redirect: { destination: `/tickets/${ticket.id}`, permanent: false } } : { props: { ticket } };
  },
  { private: true },
);

export default function EditTicketPage({ ticket }: Props) {
  const router = useRouter();
  if (ticket.status !== 'available') return <Locked ticket={ticket} />;
  return (
    <>
      <PageHeading title="Change your ticket" />
      <TicketForm
        ticket={ticket}
        draftName={ticket.id}
        verb="Save"
        busyLabel="Saving…"
        save={async (client, input) => {
          await updateTicket(client, ticket.id, input);
          await router.push(`/tickets/${ticket.id}?notice=changed`);
        }}
      />
      <Withdraw ticket={ticket} />
    </>
  );
}

function Locked({ ticket }: Props) {
  return (
    <>
      <PageHeading title="Change your ticket" />
      <Notice tone="info">
        {ticket.status === 'sold'
          ? 'This ticket is sold and cannot be changed any more.'
          : 'Somebody has reserved this ticket, so it cannot be changed now.'}
      </Notice>
    </>
  );
}

function Withdraw({ ticket }: Props) {
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const { run, busy, waiting, failure } = useRequest();
  const withdraw = () => {
    setAsking(false);
    void run(async (client) => {
      await withdrawTicket(client, ticket.id);
      await router.push('/tickets/mine');
    });
  };
  return (
    <section className="withdraw" aria-label="Withdraw">
      <FormErrors failure={failure} />
      <SubmitButton
        type="button"
        className="btn-outline-danger"
        busy={busy}
        busyLabel="Withdrawing…"
        blocked={waiting}
        onClick={() => setAsking(true)}
      >
        Withdraw from sale
      </SubmitButton>
      <ConfirmDialog
        open={asking}
        title="Withdraw this ticket?"
        confirmLabel="Withdraw"
        onConfirm={withdraw}
        onClose={() => setAsking(false)}
      >
        <p>It leaves the shop for good.</p>
      </ConfirmDialog>
    </section>
  );
}
