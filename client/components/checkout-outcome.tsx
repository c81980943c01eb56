import Link from 'next/link';
import type { CancelReason, Order } from '../api/types';
import type { Checkout } from '../lib/checkout-machine';
import { texts } from '../texts';
import { Notice } from './notice';
import { ReserveButton } from './reserve-button';

const { nothingCharged, expiredPaying, reasons } = texts.outcome;

interface Props {
  state: Checkout;
  order: Order;
  onFinish: () => void;
}

/** What is said once the checkout waits for nothing, or only for the visitor to come back. */
export function CheckoutOutcome({ state, order, onFinish }: Props) {
  if (state.step === 'paid') return <Paid orderId={order.id} />;
  if (state.step === 'unconfirmed') return <Unconfirmed />;
  if (state.step === 'unknown') return <Unknown onFinish={onFinish} />;
  if (state.step === 'expired') return <Expired {...state} ticketId={order.ticket.id} />;
  if (state.step === 'cancelled') return <Cancelled {...state} />;
  return null;
}

function Paid({ orderId }: { orderId: string }) {
  return (
    <Notice tone="success" title={texts.outcome.paid} focus>
      <p className="actions">
        <Link href={`/orders/${orderId}/receipt`}>{texts.outcome.showReceipt}</Link>
      </p>
    </Notice>
  );
}

function Unconfirmed() {
  return (
    <Notice tone="info" title={texts.outcome.unconfirmed} focus>
      <p>{texts.outcome.unconfirmedText}</p>
      <p className="actions">
        <Link href="/orders">{texts.orders.title}</Link>
      </p>
    </Notice>
  );
}

function Unknown({ onFinish }: Pick<Props, 'onFinish'>) {
  return (
    <Notice tone="warning" title={texts.outcome.unknown} focus>
      <p>{texts.outcome.unknownText}</p>
      <button type="button" className="btn btn-primary" onClick={onFinish}>
        {texts.outcome.finish}
      </button>
    </Notice>
  );
}

function Expired({ paymentTried, ticketId }: { paymentTried: boolean; ticketId: string }) {
  return (
    <>
      <Notice tone="danger" title={texts.outcome.expired} focus>
        <p>{paymentTried ? `${expiredPaying} ${nothingCharged}` : reasons.expired}</p>
      </Notice>
      <div className="actions">
        <ReserveButton ticketId={ticketId}>{texts.ticket.reserveAgain}</ReserveButton>
        <Link href="/">{texts.list.others}</Link>
      </div>
    </>
  );
}

function Cancelled({ reason, paymentTried }: { reason: CancelReason; paymentTried: boolean }) {
  return (
    <Notice tone="info" title={reason === 'refunded' ? texts.outcome.refunded : texts.outcome.cancelled} focus>
      <p>{reasons[reason]}</p>
      {paymentTried && reason !== 'unpaid' && reason !== 'refunded' && <p>{nothingCharged}</p>}
      <p className="actions">
        <Link href="/">{texts.list.others}</Link>
      </p>
    </Notice>
  );
}
