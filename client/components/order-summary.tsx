import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Order } from '../api/types';
import { texts } from '../texts';
import { Fact, Facts } from './facts';
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
      <Facts>
        <Fact name={texts.order.price}>
          <Price value={order.ticket.price} />
        </Fact>
        <Fact name={texts.order.status}>
          <StatusBadge status={orderStatus(order)} />
        </Fact>
        <Fact name={texts.order.ordered}>
          <LocalTime iso={order.createdAt} />
        </Fact>
        <Fact name={texts.order.number}>
          <code>{order.id}</code>
        </Fact>
      </Facts>
      {children}
    </section>
  );
}
