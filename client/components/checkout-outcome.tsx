import Link from 'next/link';
import type { CancelReason, Order } from '../api/types';
import type { Checkout } from '../lib/checkout-machine';
import { Notice } from './notice';
import { ReserveButton } from './reserve-button';

interface Props {
  state: Checkout;
  order: Order;
  onFinish: () => void;
}

const nothingCharged = 'You are not charged; if your bank shows a hold for this payment, it goes away by itself.';

const cancelledBecause: Record<CancelReason, string> = {
  user: 'You cancelled this order.',
  expired: 'The order was not paid in time.',
  withdrawn: 'The seller withdrew this ticket.',
  unpaid: 'The payment could not be collected, so the ticket went back on sale. You are not charged.',
  refunded: 'This order was refunded. Your bank may take a few days to show it.',
};

/** What is said once the checkout waits for nothing, or only for the visitor to come back. */
export function CheckoutOutcome({ state, order, onFinish }: Props) {
  if (state.step === 'paid') return <Paid />;
  if (state.step === 'unconfirmed') return <Unconfirmed />;
  if (state.step === 'unknown') return <Unknown onFinish={onFinish} />;
  if (state.step === 'expired') return <Expired {...state} ticketId={order.ticket.id} />;
  if (state.step === 'cancelled') return <Cancelled {...state} />;
  return null;
}

function Paid() {
  return (
    <Notice tone="success" title="Paid. The ticket is yours." focus>
      <p>
        It is kept under <Link href="/orders">My orders</Link>.
      </p>
    </Notice>
  );
}

function Unconfirmed() {
  return (
    <Notice tone="info" title="Still confirming" focus>
      <p>Your payment was accepted, and the order will show it soon. It is safe to leave this page.</p>
    </Notice>
  );
}

function Unknown({ onFinish }: Pick<Props, 'onFinish'>) {
  return (
    <Notice tone="warning" title="We do not know yet whether the payment went through" focus>
      <p>Asking again is safe: you are charged once at most.</p>
      <button type="button" className="btn btn-primary" onClick={onFinish}>
        Check and finish
      </button>
    </Notice>
  );
}

function Expired({ paymentTried, ticketId }: { paymentTried: boolean; ticketId: string }) {
  return (
    <>
      <Notice tone="danger" title="Time is up" focus>
        <p>{paymentTried ? `The time ran out first. ${nothingCharged}` : 'The order was not paid in time.'}</p>
      </Notice>
      <ReserveButton ticketId={ticketId}>Reserve again</ReserveButton>
    </>
  );
}

function Cancelled({ reason, paymentTried }: { reason: CancelReason; paymentTried: boolean }) {
  return (
    <Notice tone="info" title={reason === 'refunded' ? 'Refunded' : 'Cancelled'} focus>
      <p>{cancelledBecause[reason]}</p>
      {paymentTried && reason !== 'unpaid' && reason !== 'refunded' && <p>{nothingCharged}</p>}
      <p>
        <Link href="/">Find another ticket</Link>
      </p>
    </Notice>
  );
}
