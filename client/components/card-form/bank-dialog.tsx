import { useEffect, useRef } from 'react';
import { texts } from '../../texts';

export interface Question {
  bank: string;
  clientSecret: string;
  onAnswer: (agreed: boolean) => void;
}

/** The page of the test card's bank, which tells this one what the buyer has answered. To close it is to refuse. */
export function BankDialog({ bank, clientSecret, onAnswer }: Question) {
  const dialog = useRef<HTMLDialogElement>(null);
  const frame = useRef<HTMLIFrameElement>(null);

  useEffect(() => {
    const hear = ({ origin, source, data }: MessageEvent<unknown>) => {
      if (origin !== bank || source !== frame.current?.contentWindow) return;
      if (data === 'agreed' || data === 'refused') onAnswer(data === 'agreed');
    };
    window.addEventListener('message', hear);
    dialog.current?.showModal();
    return () => window.removeEventListener('message', hear);
  }, [bank, onAnswer]);

  return (
    <dialog
      ref={dialog}
      className="confirm-dialog bank-dialog"
      aria-label={texts.testCard.bank}
      onClose={() => onAnswer(false)}
    >
      <iframe ref={frame} title={texts.testCard.bank} src={`${bank}/bank/${clientSecret}`} />
      <div className="actions">
        <button type="button" className="btn btn-outline-secondary" onClick={() => onAnswer(false)}>
          {texts.testCard.leaveBank}
        </button>
      </div>
    </dialog>
  );
}
