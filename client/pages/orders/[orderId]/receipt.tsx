import Link from 'next/link';
import type { Order, Payment } from '../../../api/types';
import { withSession } from '../../../api/with-session';
import { Fact, Facts } from '../../../components/facts';
import { LocalTime } from '../../../components/local-time';
import { PageHeading } from '../../../components/page-heading';
import { Price } from '../../../components/price';
import { texts } from '../../../texts';

interface Props {
  order: Order;
  payment: Payment;
}

export const getServerSideProps = withSession<Props>(
  async ({ api, params }) => {
    const { order } = await api.showOrder(String(params?.orderId));
    const [payment] = order.status === 'complete' ? await api.listPayments(order.id) : [];
    if (payment) return { props: { order, payment } };
    return { redirect: { destination: `/orders/${order.id}`, permanent: false } };
  },
  { private: true },
);

export default function ReceiptPage({ order, payment }: Props) {
  const { receipt } = texts;
  return (
    <article className="narrow">
      <PageHeading title={receipt.title} />
      <Facts>
        <Fact name={receipt.ticket}>{order.ticket.title}</Fact>
        <Fact name={receipt.amount}>
          <Price value={payment.amount / 100} />
        </Fact>
        <Fact name={receipt.date}>
          <LocalTime iso={payment.createdAt} />
        </Fact>
        {payment.last4 && <Fact name={receipt.card}>{receipt.cardEnding(payment.last4)}</Fact>}
        <Fact name={receipt.number}>
          <code>{order.id}</code>
        </Fact>
      </Facts>
      <div className="actions">
        <button type="button" className="btn btn-primary" onClick={() => window.print()}>
          {receipt.print}
        </button>
        <Link href={`/orders/${order.id}`}>{receipt.order}</Link>
      </div>
    </article>
  );
}
