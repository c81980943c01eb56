import Link from 'next/link';
import type { Order, Page } from '../api/types';
import { useMore } from '../hooks/use-more';
import { formatTime } from '../lib/time';
import { texts } from '../texts';
import { LocalTime } from './local-time';
import { Price } from './price';
import { ShowMore } from './show-more';
import { StatusBadge, orderStatus } from './status-badge';

const groups: { title: string; holds: (order: Order) => boolean }[] = [
  { title: texts.orders.toPay, holds: ({ status }) => status === 'created' },
  { title: texts.orders.bought, holds: ({ status }) => status === 'complete' },
  { title: texts.orders.past, holds: ({ status }) => status === 'cancelled' },
];

/** Own orders by what is to be done with them; within a group they keep their order, newest first. */
export function OrderList({ first }: { first: Page<Order> }) {
  const { items, next, listRef, showMore, ...request } = useMore(first, (api, cursor) => api.listOrders(cursor));
  return (
    <div ref={listRef}>
      {groups.map(({ title, holds }) => (
        <OrderGroup key={title} title={title} orders={items.filter(holds)} />
      ))}
      {next !== null && (
        <ShowMore href={`/orders?cursor=${encodeURIComponent(next)}`} onShowMore={showMore} {...request} />
      )}
    </div>
  );
}

function OrderGroup({ title, orders }: { title: string; orders: Order[] }) {
  if (orders.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul className="order-list">
        {orders.map((order) => (
          <OrderRow key={order.id} order={order} />
        ))}
      </ul>
    </section>
  );
}

function OrderRow({ order }: { order: Order }) {
  return (
    <li data-id={order.id}>
      <div>
        <h3>
          <Link href={`/orders/${order.id}`}>{order.ticket.title}</Link>
        </h3>
        <p className="order-facts">
          <LocalTime iso={order.createdAt} /> <StatusBadge status={orderStatus(order)} />
          {order.status === 'created' && (
            <span>
              {texts.orders.payBy} <LocalTime iso={order.expiresAt} format={formatTime} />
            </span>
          )}
        </p>
      </div>
      <Price value={order.ticket.price} />
    </li>
  );
}
