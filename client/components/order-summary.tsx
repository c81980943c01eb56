import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Order } from '../api/types';
import { LocalTime } from './local-time';
import { Price } from './price';
import { StatusBadge, orderStatus } from './status-badge';

interface Props {
  order: Order;
  children?: ReactNode;
}

export function OrderSummary({ order, children }: Props) {
  return (
    <section className="order-summary" aria-label="Order">
      <h2>
        <Link href={`/tickets/${order.ticket.id}`}>{order.ticket.title}</Link>
      </h2>
      <dl>
        <div>
          <dt>Price</dt>
          <dd>
            <Price value={order.ticket.price} />
          </dd>
        </div>
        <div>
          <dt>Status</dt>
          <dd>
            <StatusBadge status={orderStatus(order)} />
          </dd>
        </div>
        <div>
          <dt>Ordered</dt>
          <dd>
            <LocalTime iso={order.createdAt} />
          </dd>
        </div>
        <div>
          <dt>Order number</dt>
          <dd>
            <code>{order.id}</code>
          </dd>
        </div>
      </dl>
      {children}
    </section>
  );
}
