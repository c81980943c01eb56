import { acceptsCard, checkoutOf, checkoutReducer, isPaying, waitBefore } from '../lib/checkout-machine';
import type { Checkout, CheckoutEvent, OrderState } from '../lib/checkout-machine';

const open: OrderState = { status: 'created' };
const complete: OrderState = { status: 'complete' };
const expired: OrderState = { status: 'cancelled', reason: 'expired' };
const withdrawn: OrderState = { status: 'cancelled', reason: 'withdrawn' };

const pressed: CheckoutEvent = { type: 'pay-pressed' };
const tokenised: CheckoutEvent = { type: 'card-tokenised', token: 'tok_visa' };
const accepted: CheckoutEvent = { type: 'payment-accepted' };
const noAnswer: CheckoutEvent = { type: 'no-answer' };
const timeRanOut: CheckoutEvent = { type: 'time-ran-out' };
const loaded = (order: OrderState): CheckoutEvent => ({ type: 'order-loaded', order });

const after = (...events: CheckoutEvent[]): Checkout => events.reduce(checkoutReducer, checkoutOf(open));
const repeat = (times: number, event: CheckoutEvent): CheckoutEvent[] => Array<CheckoutEvent>(times).fill(event);

describe('a payment that goes well', () => {
  test('when the card is accepted and the order completes, then it is paid', () => {
    expect(after(pressed, tokenised)).toEqual({ step: 'paying', token: 'tok_visa', attempt: 0 });
    expect(after(pressed, tokenised, accepted, loaded(complete))).toEqual({ step: 'paid' });
  });

  test('when pay is pressed twice, then the second press changes nothing', () => {
    expect(after(pressed, pressed)).toEqual(after(pressed));
    expect(after(pressed, tokenised, pressed)).toEqual(after(pressed, tokenised));
  });

  test('when payments has not heard of the order yet, then the same token is sent again, each time later', () => {
    const unknownOrder: CheckoutEvent = { type: 'order-not-known-yet', message: 'Not ready' };
    const waits: (number | undefined)[] = [];
    let state = after(pressed, tokenised);
    while (state.step === 'paying') {
      expect(state.token).toBe('tok_visa');
      waits.push(waitBefore(state));
      state = checkoutReducer(state, unknownOrder);
    }
    expect(waits).toEqual([0, 500, 1000, 2000, 4000, 8000]);
    expect(state).toEqual({ step: 'declined', message: 'Not ready' });
  });

  test('when the order completes late, then it is asked for 30 seconds and the visitor may leave after that', () => {
    const waits: number[] = [];
    let state = after(pressed, tokenised, accepted);
    while (state.step === 'confirming') {
      waits.push(waitBefore(state) ?? NaN);
      state = checkoutReducer(state, loaded(open));
    }
    expect(waits.slice(0, 5)).toEqual([200, 400, 800, 1600, 3000]);
    expect(waits.reduce((sum, wait) => sum + wait)).toBe(30_000);
    expect(state).toEqual({ step: 'unconfirmed' });
    expect(checkoutReducer(state, loaded(complete))).toEqual({ step: 'paid' });
  });

  test('when the bank asks for its dialog, then the same token is sent again after it', () => {
    const dialog: CheckoutEvent = { type: 'authentication-required', clientSecret: 'secret' };
    const authenticating = after(pressed, tokenised, dialog);
    expect(authenticating).toEqual({ step: 'authenticating', token: 'tok_visa', clientSecret: 'secret' });
    expect(checkoutReducer(authenticating, { type: 'authenticated' })).toEqual(after(pressed, tokenised));
  });
});

describe('a payment that does not go well', () => {
  const refused: CheckoutEvent = { type: 'payment-refused', message: 'Your card was declined.' };

  test('when the card is declined, then the message shows and another card can be tried', () => {
    const declined = after(pressed, tokenised, refused);
    expect(declined).toEqual({ step: 'declined', message: 'Your card was declined.' });
    expect(acceptsCard(declined)).toBe(true);
    expect(checkoutReducer(declined, pressed)).toEqual({ step: 'preparing' });
  });

  test('when no answer comes, then the order is asked before anything is sent again', () => {
    expect(after(pressed, tokenised, noAnswer)).toEqual({ step: 'checking', token: 'tok_visa' });
    expect(after(pressed, tokenised, noAnswer, loaded(complete))).toEqual({ step: 'paid' });
  });

  test('when the order cannot tell either, then finishing sends the same token', () => {
    for (const answer of [loaded(open), { type: 'order-unreadable' } as const]) {
      const unknown = after(pressed, tokenised, noAnswer, answer);
      expect(unknown).toEqual({ step: 'unknown', token: 'tok_visa' });
      expect(checkoutReducer(unknown, { type: 'finish-pressed' })).toEqual(after(pressed, tokenised));
    }
  });

  test('when the order was paid elsewhere, then it is confirmed instead of paid again', () => {
    expect(after(pressed, tokenised, { type: 'order-already-paid' })).toEqual({ step: 'confirming', attempt: 0 });
  });

  test('when the time ran out before the money came, then it says that a payment was tried', () => {
    expect(after(pressed, tokenised, accepted, loaded(expired))).toEqual({ step: 'expired', paymentTried: true });
    expect(after(pressed, tokenised, accepted, loaded(withdrawn))).toEqual({
      step: 'cancelled',
      reason: 'withdrawn',
      paymentTried: true,
    });
  });

  test('when payments refuses because the order is over, then the order tells how, and that a payment was tried', () => {
    const closed = after(pressed, tokenised, { type: 'order-closed' });
    expect(closed).toMatchObject({ step: 'expiring' });
    expect(checkoutReducer(closed, loaded(expired))).toEqual({ step: 'expired', paymentTried: true });
  });
});

describe('the clock', () => {
  test('when it runs out while nothing is paid, then the order has the last word for 10 seconds', () => {
    const expiring = after(timeRanOut);
    expect(expiring).toEqual({ step: 'expiring', attempt: 0, paymentTried: false });
    expect(waitBefore(expiring)).toBe(1000);
    expect(checkoutReducer(expiring, loaded(complete))).toEqual({ step: 'paid' });
    expect(checkoutReducer(expiring, loaded(expired))).toEqual({ step: 'expired', paymentTried: false });
    expect(after(timeRanOut, ...repeat(9, loaded(open)))).toMatchObject({ step: 'expiring' });
    expect(after(timeRanOut, ...repeat(10, loaded(open)))).toEqual({ step: 'expired', paymentTried: false });
  });

  test.each<[string, CheckoutEvent[]]>([
    ['the card is being turned into a token', [pressed]],
    ['the payment is under way', [pressed, tokenised]],
    ['the payment is being confirmed', [pressed, tokenised, accepted]],
    ['the outcome is being checked', [pressed, tokenised, noAnswer]],
    ['the outcome is unknown', [pressed, tokenised, noAnswer, loaded(open)]],
  ])('when it runs out while %s, then the payment goes on', (_when, events) => {
    expect(checkoutReducer(after(...events), timeRanOut)).toEqual(after(...events));
  });
});

describe('an order that is looked at again', () => {
  test('when it was paid or cancelled in another tab, then this tab follows', () => {
    expect(after(loaded(complete))).toEqual({ step: 'paid' });
    expect(after(loaded({ status: 'cancelled', reason: 'user' }))).toMatchObject({ step: 'cancelled', reason: 'user' });
  });

  test('when a payment is under way, then only its own answer counts', () => {
    expect(after(pressed, tokenised, loaded(expired))).toEqual(after(pressed, tokenised));
  });

  test('when it was refunded after it was paid, then the page says so', () => {
    const refunded = after(loaded(complete), loaded({ status: 'cancelled', reason: 'refunded' }));
    expect(refunded).toMatchObject({ step: 'cancelled', reason: 'refunded' });
  });

  test('when it is opened, then the checkout starts where the order stands', () => {
    expect(checkoutOf(open)).toEqual({ step: 'idle' });
    expect(checkoutOf(complete)).toEqual({ step: 'paid' });
    expect(checkoutOf(expired)).toEqual({ step: 'expired', paymentTried: false });
  });
});

test('when a step waits for a person, then nothing is asked of the services', () => {
  const steps: Checkout[] = [after(), after(pressed, tokenised, noAnswer, loaded(open)), after(loaded(complete))];
  for (const state of steps) {
    expect(waitBefore(state)).toBeUndefined();
    expect(isPaying(state)).toBe(false);
  }
});
