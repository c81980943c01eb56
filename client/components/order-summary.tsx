import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Order } from '../api/types';
import { texts } from '../texts';
import { LocalTime } from './local-time';
import { Price } from './price';
import { StatusBadge, orderStatus } from './status-badge';

interface Props {
  order: Order;
  children?: ReactNode;
}

export function OrderSummary({ order, children }: Props) {
  return (
    <section className="order-summary" aria-label={texts.order.summary}>
      <h2>
        <Link href={`/tickets/${order.ticket.id}`}>{order.ticket.title}</Link>
      </h2>
      <dl>
        <div>
          <dt>{texts.order.price}</dt>
          <dd>
            <Price value={order.ticket.price} />
          </dd>
        </div>
        <div>
          <dt>{texts.order.status}</dt>
          <dd>
            <StatusBadge status={orderStatus(order)} />
          </dd>
        </div>
        <div>
          <dt>{texts.order.ordered}</dt>
          <dd>
            <LocalTime iso={order.createdAt} />
          </dd>
        </div>
        <div>
          <dt>{texts.order.number}</dt>
          <dd>
            <code>{order.id}</code>
          </dd>
        </div>
      </dl>
      {children}
    </section>
  );
}
