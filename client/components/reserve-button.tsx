import type { ReactNode } from 'react';
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
      <SubmitButton
        type="button"
        busy={busy}
        busyLabel={delayed ? texts.ticket.almostReady : texts.ticket.reserving}
        blocked={waiting}
        onClick={() => void reserve()}
      >
        {children}
      </SubmitButton>
    </>
  );
}
