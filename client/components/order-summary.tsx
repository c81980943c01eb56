import Link from 'next/link';
import type { Order } from '../api/types';
import { texts } from '../texts';
import { Fact, Facts } from './facts';
import { LocalTime } from './local-time';
import { Price } from './price';
import { StatusBadge, orderStatus } from './status-badge';

export function OrderSummary({ order }: { order: Order }) {
  return (
    <section className="order-summary" aria-label={texts.order.summary}>
      <div>
        <h2>
          <Link href={`/tickets/${order.ticket.id}`}>{order.ticket.title}</Link>
        </h2>
        <Price value={order.ticket.price} />
      </div>
      <Facts>
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
    </section>
  );
}
