import { useRouter } from 'next/router';
import { useState } from 'react';
import type { Ticket } from '../../../api/types';
import { withSession } from '../../../api/with-session';
import { ConfirmDialog } from '../../../components/confirm-dialog';
import { FormErrors } from '../../../components/form-errors';
import { Notice } from '../../../components/notice';
import { PageHeading } from '../../../components/page-heading';
import { SubmitButton } from '../../../components/submit-button';
import { TicketForm } from '../../../components/ticket-form';
import { WaysOn } from '../../../components/ways-on';
import { forgetDraft } from '../../../hooks/use-draft';
import { useReload } from '../../../hooks/use-reload';
import { useRequest } from '../../../hooks/use-request';
import { texts } from '../../../texts';

interface Props {
  ticket: Ticket;
}

export const getServerSideProps = withSession<Props>(
  async ({ api, session, params }) => {
    const ticket = await api.showTicket(String(params?.ticketId));
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
      <PageHeading title={texts.edit.title} />
      <TicketForm
        ticket={ticket}
        draftOf={{ name: ticket.id, of: `version ${ticket.version}` }}
        verb={texts.edit.verb}
        busyLabel={texts.edit.busy}
        save={async (api, input) => {
          await api.updateTicket(ticket.id, input);
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
      <PageHeading title={texts.edit.title} />
      <Notice tone="info">{ticket.status === 'sold' ? texts.edit.sold : texts.edit.reserved}</Notice>
      <WaysOn
        ways={[
          [texts.edit.show, `/tickets/${ticket.id}`],
          [texts.ownTickets.title, '/tickets/mine'],
        ]}
      />
    </>
  );
}

function Withdraw({ ticket }: Props) {
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const reload = useReload();
  const { run, busy, waiting, failure } = useRequest({
    onFailure: ({ isOutdated }) => {
      if (isOutdated) reload();
    },
  });
  const withdraw = () => {
    setAsking(false);
    void run(async (api) => {
      await api.withdrawTicket(ticket.id);
      forgetDraft(ticket.id);
      await router.push('/tickets/mine');
    });
  };
  return (
    <section className="withdraw" aria-label={texts.withdraw.title}>
      <FormErrors failure={failure} />
      <SubmitButton
        type="button"
        className="btn-outline-danger"
        busy={busy}
        busyLabel={texts.withdraw.busy}
        blocked={waiting}
        onClick={() => setAsking(!busy && !waiting)}
      >
        {texts.withdraw.open}
      </SubmitButton>
      <ConfirmDialog
        open={asking}
        title={texts.withdraw.question}
        confirmLabel={texts.withdraw.confirm}
        onConfirm={withdraw}
        onClose={() => setAsking(false)}
      >
        <p>{texts.withdraw.effect}</p>
      </ConfirmDialog>
    </section>
  );
}
