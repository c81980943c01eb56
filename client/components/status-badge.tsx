import type { Order, Ticket } from '../api/types';

export type Status = 'Available' | 'Reserved' | 'Sold' | 'To pay' | 'Paid' | 'Expired' | 'Cancelled' | 'Refunded';

const tones: Record<Status, string> = {
  Available: 'ok',
  Paid: 'ok',
  Reserved: 'warn',
  'To pay': 'warn',
  Refunded: 'info',
  Sold: 'mute',
  Expired: 'mute',
  Cancelled: 'mute',
};

export function StatusBadge({ status }: { status: Status }) {
  return <span className={`status status-${tones[status]}`}>{status}</span>;
}

export function ticketStatus({ status }: Ticket): Status {
  return ({ available: 'Available', reserved: 'Reserved', sold: 'Sold' } as const)[status];
}

export function orderStatus({ status, reason }: Pick<Order, 'status' | 'reason'>): Status {
  if (status === 'created') return 'To pay';
  if (status === 'complete') return 'Paid';
  if (reason === 'refunded') return 'Refunded';
  return reason === 'expired' ? 'Expired' : 'Cancelled';
}
