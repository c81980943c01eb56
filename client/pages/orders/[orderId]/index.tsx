import type { Order } from '../../../api/types';
import { withSession } from '../../../api/with-session';
import { Checkout } from '../../../components/checkout';
import { NeedsScript } from '../../../components/needs-script';
import { getConfig } from '../../../lib/config';
import type { CardEntry } from '../../../lib/config';

interface Props {
  order: Order;
  serverNow: number;
  cardEntry: CardEntry;
}

export const getServerSideProps = withSession<Props>(
  async ({ api, params }) => {
    const { order, serverNow = Date.now() } = await api.showOrder(String(params?.orderId));
    return { props: { order, serverNow, cardEntry: getConfig().cardEntry } };
  },
  { private: true },
);

export default function OrderPage({ order, serverNow, cardEntry }: Props) {
  return (
    <>
      {order.status === 'created' && <NeedsScript />}
      <Checkout key={order.id} order={order} serverNow={serverNow} cardEntry={cardEntry} />
    </>
  );
}
