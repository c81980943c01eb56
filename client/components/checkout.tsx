import { useRef } from 'react';
import type { Order } from '../api/types';
import { useCheckout } from '../hooks/use-checkout';
import type { CardForm } from '../lib/card-form';
import { acceptsCard, isPaying } from '../lib/checkout-machine';
import type { CardEntry } from '../lib/config';
import { texts } from '../texts';
import { CancelOrder } from './cancel-order';
import { CheckoutOutcome } from './checkout-outcome';
import { Countdown } from './countdown';
import { Notice } from './notice';
import { OrderSummary } from './order-summary';
import { PageHeading } from './page-heading';
import { PaymentForm } from './payment-form';

interface Props {
  order: Order;
  serverNow: number;
  cardEntry: CardEntry;
}

/** One order from its reservation to its end. */
export function Checkout({ order: initialOrder, serverNow, cardEntry }: Props) {
  const card = useRef<CardForm>(null);
  const { state, order, timeLeft, refresh, pay, finish } = useCheckout(initialOrder, serverNow, card);
  const takesPayment = ['idle', 'declined', 'expiring'].includes(state.step) || isPaying(state);

  return (
    <>
      <PageHeading title={order.status === 'created' ? texts.order.titleToPay : texts.order.title} />
      <div className="checkout">
        {takesPayment ? (
          <Countdown timeLeft={timeLeft} />
        ) : (
          <section aria-label={texts.payment.title}>
            <CheckoutOutcome state={state} order={order} onFinish={finish} />
          </section>
        )}
        <OrderSummary order={order} />
        {takesPayment && (
          <section aria-label={texts.payment.title}>
            {state.step === 'expiring' && <Notice tone="warning">{texts.payment.askingOrder}</Notice>}
            <PaymentForm entry={cardEntry} card={card} state={state} price={order.ticket.price} onPay={pay} />
            {acceptsCard(state) && <CancelOrder orderId={order.id} onChange={refresh} />}
          </section>
        )}
      </div>
    </>
  );
}
