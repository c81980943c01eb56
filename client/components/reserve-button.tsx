import type { ReactNode } from 'react';
import { useReserve } from '../hooks/use-reserve';
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
        busyLabel={delayed ? 'Almost ready…' : 'Reserving…'}
        blocked={waiting}
        onClick={() => void reserve()}
      >
        {children}
      </SubmitButton>
    </>
  );
}
