import { Suspense, lazy, memo } from 'react';
import type { FormEvent, RefObject } from 'react';
import type { CardEntry } from '../lib/config';
import type { CardForm } from '../lib/card-form';
import { useRetryAfter } from '../hooks/use-retry-after';
import { acceptsCard, isPaying } from '../lib/checkout-machine';
import type { Checkout } from '../lib/checkout-machine';
import { formatPrice } from '../lib/money';
import { texts } from '../texts';
import { StripeCard } from './card-form/stripe-card';
import { Notice } from './notice';
import { SubmitButton } from './submit-button';

/** Nobody who pays real money loads it. */
const TestCard = lazy(() => import('./card-form/test-card').then(({ TestCard }) => ({ default: TestCard })));

interface TestCardProps {
  card: RefObject<CardForm | null>;
  bank: string | null;
}

/** The clock beside it ticks before it is loaded: without `memo` React would take away what the server has drawn. */
const TestCardWhenLoaded = memo(({ card, bank }: TestCardProps) => (
  <Suspense>
    <TestCard ref={card} bank={bank} />
  </Suspense>
));

interface Props {
  entry: CardEntry;
  card: RefObject<CardForm | null>;
  state: Checkout;
  price: number;
  onPay: () => void;
}

export function PaymentForm({ entry, card, state, price, onPay }: Props) {
  const declined = state.step === 'declined' ? state : undefined;
  const waiting = useRetryAfter(declined);
  if (entry.kind === 'none') {
    return (
      <Notice tone="warning" title={texts.payment.notConfigured}>
        <p>{texts.payment.notConfiguredText}</p>
      </Notice>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!waiting) onPay();
  };
  return (
    <form className="form-narrow" method="post" noValidate onSubmit={submit}>
      {declined && (
        <Notice tone="danger" focus>
          {declined.message}
          {declined.retryAfter !== undefined && <p>{texts.failures.tryAgainIn(declined.retryAfter)}</p>}
        </Notice>
      )}
      {entry.kind === 'test' ? (
        <TestCardWhenLoaded card={card} bank={entry.bank} />
      ) : (
        <StripeCard ref={card} publishableKey={entry.publishableKey} />
      )}
      <SubmitButton
        busy={isPaying(state)}
        busyLabel={busyLabels[state.step] ?? texts.payment.paying}
        blocked={!acceptsCard(state) || waiting}
      >
        {texts.payment.pay(formatPrice(price))}
      </SubmitButton>
    </form>
  );
}

const busyLabels: Partial<Record<Checkout['step'], string>> = {
  authenticating: texts.payment.authenticating,
  confirming: texts.payment.confirming,
  checking: texts.payment.checking,
};
