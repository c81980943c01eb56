import { useState } from 'react';
import { cancelOrder } from '../api/calls';
import { useRequest } from '../hooks/use-request';
import { ConfirmDialog } from './confirm-dialog';
import { FormErrors } from './form-errors';
import { SubmitButton } from './submit-button';

interface Props {
  orderId: string;
  onChange: () => Promise<void>;
}

export function CancelOrder({ orderId, onChange }: Props) {
  const [asking, setAsking] = useState(false);
  const { run, busy, waiting, failure } = useRequest({ onFailure: () => void onChange() });
  const cancel = () => {
    setAsking(false);
    void run(async (client) => {
      await cancelOrder(client, orderId);
      await onChange();
    });
  };
  return (
    <>
      <FormErrors failure={failure} />
      <SubmitButton
        type="button"
        className="btn-outline-secondary"
        busy={busy}
        busyLabel="Cancelling…"
        blocked={waiting}
        onClick={() => setAsking(true)}
      >
        Cancel order
      </SubmitButton>
      <ConfirmDialog
        open={asking}
        title="Cancel this order?"
        confirmLabel="Cancel order"
        onConfirm={cancel}
        onClose={() => setAsking(false)}
      >
        <p>The ticket goes back on sale, and somebody else may take it.</p>
      </ConfirmDialog>
    </>
  );
}
