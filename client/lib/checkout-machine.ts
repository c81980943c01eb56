import type { CancelReason, Order } from '../api/types';

/**
 * The checkout as a pure state machine. Some steps wait for a person, the others for an answer: those are asked
 * for by hooks/use-checkout.ts after `waitBefore`, and what comes back is the next event.
 */
export type Checkout =
  | { step: 'idle' }
  /** The card is turned into a token. */
  | { step: 'preparing' }
  /** POST /api/payments; again with the same token while payments has not heard of the order yet. */
  | { step: 'paying'; token: string; attempt: number }
  /** The bank's own dialog. */
  | { step: 'authenticating'; token: string; clientSecret: string }
  /** The payment stands; the order is about to learn of it. */
  | { step: 'confirming'; attempt: number }
  | { step: 'unconfirmed' }
  /** No answer came to the payment: the order may tell how it went. */
  | { step: 'checking'; token: string }
  /** Nor did the order tell: asking again with the same token is safe. */
  | { step: 'unknown'; token: string }
  | { step: 'declined'; message: string; retryAfter?: number }
  /** The countdown is over; the order has the last word. */
  | { step: 'expiring'; attempt: number; paymentTried: boolean }
  | { step: 'expired'; paymentTried: boolean }
  | { step: 'cancelled'; reason: CancelReason; paymentTried: boolean }
  | { step: 'paid' };

export type CheckoutEvent =
  | { type: 'pay-pressed' }
  | { type: 'card-tokenised'; token: string }
  | { type: 'payment-accepted' }
  | { type: 'payment-refused'; message: string; retryAfter?: number }
  | { type: 'authentication-required'; clientSecret: string }
  | { type: 'authenticated' }
  | { type: 'order-not-known-yet'; message: string }
  | { type: 'order-already-paid' }
  | { type: 'order-closed' }
  | { type: 'no-answer' }
  | { type: 'finish-pressed' }
  | { type: 'order-loaded'; order: OrderState }
  | { type: 'order-unreadable' }
  | { type: 'time-ran-out' };

export type OrderState = Pick<Order, 'status' | 'reason'>;

type Step = Checkout['step'];
type At<S extends Step> = Extract<Checkout, { step: S }>;
type EventType = CheckoutEvent['type'];
type EventOf<E extends EventType> = Extract<CheckoutEvent, { type: E }>;
type Move<S extends Step, E extends EventType> = (state: At<S>, event: EventOf<E>) => Checkout;

/** Milliseconds before each request of a step; when they are used up the step gives up. */
const waits = {
  paying: [0, 500, 1000, 2000, 4000, 8000],
  confirming: [200, 400, 800, 1600, ...Array<number>(9).fill(3000)],
  expiring: Array<number>(10).fill(1000),
};

const atOnce: Step[] = ['preparing', 'authenticating', 'checking'];

const startPreparing = (): Checkout => ({ step: 'preparing' });
const startExpiring = (): Checkout => ({ step: 'expiring', attempt: 0, paymentTried: false });
const startConfirming = (): Checkout => ({ step: 'confirming', attempt: 0 });
const decline = (_state: Checkout, { message, retryAfter }: EventOf<'payment-refused'>): Checkout => ({
  step: 'declined',
  message,
  retryAfter,
});
const follow = (state: Checkout, { order }: EventOf<'order-loaded'>): Checkout => outcomeOf(order, false) ?? state;
const followPaid = (state: Checkout, { order }: EventOf<'order-loaded'>): Checkout => outcomeOf(order, true) ?? state;

/** Every move there is. An event that a step does not name changes nothing: the clock never ends a running payment. */
const moves: { [S in Step]: { [E in EventType]?: Move<S, E> } } = {
  idle: { 'pay-pressed': startPreparing, 'order-loaded': follow, 'time-ran-out': startExpiring },
  declined: { 'pay-pressed': startPreparing, 'order-loaded': follow, 'time-ran-out': startExpiring },
  preparing: {
    'card-tokenised': (_state, { token }) => ({ step: 'paying', token, attempt: 0 }),
    'payment-refused': decline,
  },
  paying: {
    'payment-accepted': startConfirming,
    'payment-refused': decline,
    'authentication-required': ({ token }, { clientSecret }) => ({ step: 'authenticating', token, clientSecret }),
    'order-not-known-yet': (state, { message }) => nextAttempt(state) ?? { step: 'declined', message },
    'order-already-paid': startConfirming,
    'order-closed': () => ({ step: 'expiring', attempt: 0, paymentTried: true }),
    'no-answer': ({ token }) => ({ step: 'checking', token }),
  },
  authenticating: {
    authenticated: ({ token }) => ({ step: 'paying', token, attempt: 0 }),
    'payment-refused': decline,
  },
  confirming: {
    'order-loaded': (state, { order }) => outcomeOf(order, true) ?? confirmLater(state),
    'order-unreadable': (state) => confirmLater(state),
  },
  unconfirmed: { 'order-loaded': followPaid },
  checking: {
    'order-loaded': ({ token }, { order }) => outcomeOf(order, true) ?? { step: 'unknown', token },
    'order-unreadable': ({ token }) => ({ step: 'unknown', token }),
  },
  unknown: {
    'finish-pressed': ({ token }) => ({ step: 'paying', token, attempt: 0 }),
    'order-loaded': followPaid,
  },
  expiring: {
    'order-loaded': (state, { order }) => outcomeOf(order, state.paymentTried) ?? expireLater(state),
    'order-unreadable': (state) => expireLater(state),
  },
  expired: { 'order-loaded': follow },
  cancelled: {},
  paid: { 'order-loaded': follow },
};

export function checkoutReducer(state: Checkout, event: CheckoutEvent): Checkout {
  const move = moves[state.step][event.type] as ((state: Checkout, event: CheckoutEvent) => Checkout) | undefined;
  return move?.(state, event) ?? state;
}

/** Where a checkout starts that was opened with the order in this state. */
export function checkoutOf(order: OrderState): Checkout {
  return outcomeOf(order, false) ?? { step: 'idle' };
}

/** How long to wait before the step's request; undefined for a step that waits for a person. */
export function waitBefore(state: Checkout): number | undefined {
  if ('attempt' in state) return waits[state.step][state.attempt];
  return atOnce.includes(state.step) ? 0 : undefined;
}

/** What a step learns when the asking itself broke, for example because a script could not be loaded. */
export function faultEvent({ step }: Checkout, { message }: Error): CheckoutEvent {
  if (step === 'preparing' || step === 'authenticating') return { type: 'payment-refused', message };
  return { type: step === 'paying' ? 'no-answer' : 'order-unreadable' };
}

/** A card can be entered and sent. */
export const acceptsCard = ({ step }: Checkout): boolean => step === 'idle' || step === 'declined';

/** A payment is on its way, and neither clock nor cancel button may come between. */
export const isPaying = ({ step }: Checkout): boolean =>
  ['preparing', 'paying', 'authenticating', 'confirming', 'checking'].includes(step);

function outcomeOf({ status, reason }: OrderState, paymentTried: boolean): Checkout | undefined {
  if (status === 'complete') return { step: 'paid' };
  if (status !== 'cancelled') return undefined;
  return reason === 'expired' || reason === undefined
    ? { step: 'expired', paymentTried }
    : { step: 'cancelled', reason, paymentTried };
}

function nextAttempt<S extends At<keyof typeof waits>>(state: S): S | undefined {
  const attempt = state.attempt + 1;
  return attempt < waits[state.step].length ? { ...state, attempt } : undefined;
}

const confirmLater = (state: At<'confirming'>): Checkout => nextAttempt(state) ?? { step: 'unconfirmed' };

const expireLater = (state: At<'expiring'>): Checkout =>
  nextAttempt(state) ?? { step: 'expired', paymentTried: state.paymentTried };
