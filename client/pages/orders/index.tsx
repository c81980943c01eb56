import Link from 'next/link';
import type { Order, Page } from '../../api/types';
import { withSession } from '../../api/with-session';
import { EmptyState } from '../../components/empty-state';
import { OrderList } from '../../components/order-list';
import { PageHeading } from '../../components/page-heading';
import { firstValue } from '../../lib/ticket-query';
import { texts } from '../../texts';

interface Props {
  orders: Page<Order>;
}

export const getServerSideProps = withSession<Props>(
  async ({ api, query }) => ({ props: { orders: await api.listOrders(firstValue(query.cursor)) } }),
  { private: true },
);

export default function OrdersPage({ orders }: Props) {
  return (
    <>
      <PageHeading title={texts.orders.title} />
      {orders.items.length > 0 ? (
        <OrderList first={orders} />
      ) : (
        <EmptyState title={texts.orders.empty}>
          <Link href="/">{texts.orders.findTicket}</Link>
        </EmptyState>
      )}
    </>
  );
}
