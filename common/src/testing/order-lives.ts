import fc from 'fast-check';
import type { AnyEvent, CancelReason, EventData, OrderStatus } from '../events';
import { buildEvent } from './build-event';

/** What becomes of an order. After a backup its version is `raised`; what it is may be said `again`. */
export type OrderStep = 'created' | 'completed' | 'raised' | 'again' | CancelReason;

interface OrderState {
  readonly version: number;
  readonly status: OrderStatus;
  readonly reason?: CancelReason;
}

const RAISE = 1_000_000;

const beginnings: OrderStep[][] = [['created'], ['created', 'again'], ['created', 'raised']];
const sales: OrderStep[][] = [['completed'], ['completed', 'again'], ['completed', 'raised']];
const ends: OrderStep[][] = [['user'], ['expired'], ['withdrawn'], ['user', 'again'], ['expired', 'raised']];
const returns: OrderStep[][] = [['refunded'], ['unpaid'], ['refunded', 'again'], ['unpaid', 'raised']];

const inTurn = (...chapters: OrderStep[][][]): fc.Arbitrary<OrderStep[]> =>
  fc.tuple(...chapters.map((chapter) => fc.constantFrom(...chapter))).map((steps) => steps.flat());

/** What can become of an order, by where it has come to. */
export const orderLives = {
  open: inTurn(beginnings),
  sold: inTurn(beginnings, sales),
  cancelled: fc.oneof(inTurn(beginnings, ends), inTurn(beginnings, sales, returns)),
};

/** What the order is after each step. */
export function orderStates(steps: readonly OrderStep[]): OrderState[] {
  const states: OrderState[] = [];
  for (const step of steps) states.push(after(states.at(-1), step));
  return states;
}

/** How orders tells it: one event a step. */
export function orderEvents(steps: readonly OrderStep[], order: Partial<EventData<'order:created'>>): AnyEvent[] {
  const { data } = buildEvent('order:created', order);
  const { id: paymentId } = buildEvent('payment:created').data;
  return orderStates(steps).map(({ version, status, reason }) => {
    switch (status) {
      case 'created':
        return buildEvent('order:created', { ...data, version });
      case 'complete':
        return buildEvent('order:completed', { ...data, version, status, paymentId });
      case 'cancelled':
        return buildEvent('order:cancelled', { ...data, version, status, ...(reason && { reason }) });
    }
  });
}

function after(before: OrderState | undefined, step: OrderStep): OrderState {
  if (!before) return { version: 0, status: 'created' };
  const version = before.version + 1;
  switch (step) {
    case 'created':
    case 'again':
      return before;
    case 'raised':
      return { ...before, version: before.version + RAISE };
    case 'completed':
      return { version, status: 'complete' };
    case 'user':
    case 'expired':
    case 'withdrawn':
    case 'unpaid':
    case 'refunded':
      return { version, status: 'cancelled', reason: step };
  }
}
