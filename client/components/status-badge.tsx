import type { Order, Ticket } from '../api/types';
import { texts } from '../texts';

export type Status = Ticket['status'] | 'to-pay' | 'paid' | 'expired' | 'cancelled' | 'refunded';

const tones: Record<Status, string> = {
  available: 'ok',
  paid: 'ok',
  reserved: 'warn',
  'to-pay': 'warn',
  refunded: 'info',
  sold: 'mute',
  expired: 'mute',
  cancelled: 'mute',
};

export function StatusBadge({ status }: { status: Status }) {
  return <span className={`status status-${tones[status]}`}>{texts.statuses[status]}</span>;
}

export function orderStatus({ status, reason }: Pick<Order, 'status' | 'reason'>): Status {
  if (status === 'created') return 'to-pay';
  if (status === 'complete') return 'paid';
  if (reason === 'refunded') return 'refunded';
  return reason === 'expired' ? 'expired' : 'cancelled';
}
