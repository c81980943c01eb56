import Link from 'next/link';
import { ApiError } from '../../../api/errors';
import type { Order, Payment } from '../../../api/types';
import { withSession } from '../../../api/with-session';
import type { PageContext } from '../../../api/with-session';
import { Fact, Facts } from '../../../components/facts';
import { LocalTime } from '../../../components/local-time';
import { Notice } from '../../../components/notice';
import { PageHeading } from '../../../components/page-heading';
import { Price } from '../../../components/price';
import { texts } from '../../../texts';

interface Props {
  order: Order;
  /** Null while payments does not answer. */
  payment: Payment | null;
}

export const getServerSideProps = withSession<Props>(
  async ({ api, params }) => {
    const { order } = await api.showOrder(String(params?.orderId));
    if (order.status === 'complete') return { props: { order, payment: await paymentOf(api, order.id) } };
    return { redirect: { destination: `/orders/${order.id}`, permanent: false } };
  },
  { private: true },
);

/** That it is paid is told by the order: who comes here right after paying must not be told of an outage instead. */
async function paymentOf(api: PageContext['api'], orderId: string): Promise<Payment | null> {
  try {
    const [payment] = await api.listPayments(orderId);
    return payment ?? null;
  } catch (error) {
    if (error instanceof ApiError) return null;
    throw error;
  }
}

export default function ReceiptPage({ order, payment }: Props) {
  const { receipt } = texts;
  return (
    <article className="narrow">
      <PageHeading title={receipt.title} />
      <Notice tone="success">{texts.outcome.paid}</Notice>
      <Facts>
        <Fact name={receipt.ticket}>{order.ticket.title}</Fact>
        <Fact name={receipt.amount}>
          <Price value={payment ? payment.amount / 100 : order.ticket.price} />
        </Fact>
        {payment && (
          <Fact name={receipt.date}>
            <LocalTime iso={payment.createdAt} />
          </Fact>
        )}
        {payment?.last4 && <Fact name={receipt.card}>{receipt.cardEnding(payment.last4)}</Fact>}
        <Fact name={receipt.number}>
          <code>{order.id}</code>
        </Fact>
      </Facts>
      {payment === null && <p>{receipt.incomplete}</p>}
      <div className="actions">
        <button type="button" className="btn btn-primary" onClick={() => window.print()}>
          {receipt.print}
        </button>
        <Link href={`/orders/${order.id}`}>{receipt.order}</Link>
      </div>
    </article>
  );
}
