import type { ReactNode } from 'react';
import type { ApiError } from '../api/errors';
import { useReserve } from '../hooks/use-reserve';
import { texts } from '../texts';
import { FormErrors } from './form-errors';
import { SubmitButton } from './submit-button';

interface Props {
  ticketId: string;
  children: ReactNode;
}

export function ReserveButton({ ticketId, children }: Props) {
  const { reserve, busy, waiting, failure, delayed } = useReserve(ticketId);
  return (
    <>
      <FormErrors failure={failure} />
      {!isForGood(failure) && (
        <SubmitButton
          type="button"
          busy={busy}
          busyLabel={delayed ? texts.ticket.almostReady : texts.ticket.reserving}
          blocked={waiting}
          onClick={() => void reserve()}
        >
          {children}
        </SubmitButton>
      )}
    </>
  );
}

/** The ticket never comes back on sale, so that trying again would be in vain. */
function isForGood(failure: ApiError | undefined): boolean {
  const code = failure?.code;
  return failure?.status === 404 || code === 'ticket_withdrawn' || code === 'ticket_sold' || code === 'ticket_past';
}
