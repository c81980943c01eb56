import Link from 'next/link';
import { ApiError } from '../../api/errors';
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
  async ({ api, query }) => {
    try {
      return { props: { orders: await api.listOrders(firstValue(query.cursor)) } };
    } catch (error) {
      // A page that there is not in the list is no reason to hide the list.
      if (!(error instanceof ApiError) || error.status !== 400) throw error;
      return { props: { orders: await api.listOrders() } };
    }
  },
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
