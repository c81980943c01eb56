import { useRouter } from 'next/router';
import type { Session } from '../../api/types';
import { withSession } from '../../api/with-session';
import { PageHeading } from '../../components/page-heading';
import { TicketForm } from '../../components/ticket-form';
import { texts } from '../../texts';

export const getServerSideProps = withSession(() => ({ props: {} }), { private: true });

export default function NewTicketPage({ session }: { session: Session }) {
  const router = useRouter();
  return (
    <>
      <PageHeading title={texts.sell.title} />
      <TicketForm
        draftOf={{ name: 'new-ticket', of: session.state === 'signed-in' ? session.user.id : undefined }}
        verb={texts.sell.verb}
        busyLabel={texts.sell.busy}
        save={async (api, input) => {
          const { id } = await api.createTicket(input);
          await router.push(`/tickets/${id}?notice=listed`);
        }}
      />
    </>
  );
}
