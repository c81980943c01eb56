import { useState } from 'react';
import { useRequest } from '../hooks/use-request';
import { texts } from '../texts';
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
    void run(async (api) => {
      await api.cancelOrder(orderId);
      await onChange();
    });
  };
  return (
    <div className="cancel-order">
      <FormErrors failure={failure} />
      <SubmitButton
        type="button"
        className="btn-outline-secondary"
        busy={busy}
        busyLabel={texts.order.cancelling}
        blocked={waiting}
        onClick={() => setAsking(!busy && !waiting)}
      >
        {texts.order.cancel}
      </SubmitButton>
      <ConfirmDialog
        open={asking}
        title={texts.order.cancelQuestion}
        confirmLabel={texts.order.cancel}
        onConfirm={cancel}
        onClose={() => setAsking(false)}
      >
        <p>{texts.order.cancelEffect}</p>
      </ConfirmDialog>
    </div>
  );
}
