import type { Books, IntentEntry, OrderEntry, PaymentEntry } from '../../src/audit';
import { compareBooks, describeFinding } from '../../src/audit';

const order = (change: Partial<OrderEntry> = {}): OrderEntry => ({
  id: 'o1',
  status: 'complete',
  price: 4000,
  ...change,
});
const payment = (change: Partial<PaymentEntry> = {}): PaymentEntry => ({
  orderId: 'o1',
  status: 'captured',
  amount: 4000,
  intent: 'pi_1',
  ...change,
});
const intent = (change: Partial<IntentEntry> = {}): IntentEntry => ({
  intent: 'pi_1',
  orderId: 'o1',
  status: 'succeeded',
  amount: 4000,
  held: 0,
  captured: 4000,
  refunded: 0,
  ...change,
});
const letGo = { status: 'canceled', captured: 0 };
const authorised = { status: 'requires_capture', held: 4000, captured: 0 };
const unpaid = { status: 'requires_payment_method', captured: 0 };

const books = (orders: OrderEntry[], payments: PaymentEntry[], intents: IntentEntry[]): Books => ({
  orders,
  payments,
  intents,
});
const findingsIn = (all: Books) => compareBooks(all).findings.map(describeFinding);

const right: [string, Books][] = [
  ['nothing at all', books([], [], [])],
  ['sold, and its price captured', books([order()], [payment()], [intent()])],
  ['cancelled, and nobody tried to pay', books([order({ status: 'cancelled' })], [], [])],
  [
    'cancelled, and the authorisation let go',
    books([order({ status: 'cancelled' })], [payment({ status: 'cancelled' })], [intent(letGo)]),
  ],
  [
    'cancelled, and the intent made before its id was noted, without money',
    books([order({ status: 'cancelled' })], [payment({ status: undefined, intent: undefined })], [intent(unpaid)]),
  ],
  [
    'refunded as a whole',
    books([order({ status: 'cancelled' })], [payment({ status: 'refunded' })], [intent({ refunded: 4000 })]),
  ],
  ['somebody else’s intent, without money', books([], [], [intent({ orderId: undefined, ...unpaid })])],
];

test.each(right)('%s: nothing is wrong and nothing is open', (_what, all) => {
  expect(compareBooks(all)).toEqual({ findings: [], open: [] });
});

const wrong: [string, Books, string[]][] = [
  [
    'a cancelled order keeps its money',
    books([order({ status: 'cancelled' })], [payment()], [intent()]),
    ['order o1 (pi_1): charged without a complete order: it is cancelled, and 4000 cents are kept'],
  ],
  [
    'an open order was charged already',
    books([order({ status: 'created' })], [payment()], [intent()]),
    ['order o1 (pi_1): charged without a complete order: it is created, and 4000 cents are kept'],
  ],
  [
    'a cancelled order was given back a part only',
    books([order({ status: 'cancelled' })], [payment()], [intent({ refunded: 1000 })]),
    ['order o1 (pi_1): charged without a complete order: it is cancelled, and 3000 cents are kept'],
  ],
  [
    'a complete order has its money authorised only',
    books([order()], [payment({ status: 'authorised' })], [intent(authorised)]),
    [
      'order o1 (pi_1): complete without a capture: it costs 4000 cents, 4000 are held and none were captured',
      'order o1 (pi_1): authorisation left open: it is complete, and 4000 cents are still held',
    ],
  ],
  [
    'a complete order has no intent',
    books([order()], [payment({ intent: undefined, status: undefined })], []),
    ['order o1 (no intent): complete without a capture: it costs 4000 cents, 0 are held and none were captured'],
  ],
  [
    'less was captured than the order costs',
    books([order()], [payment()], [intent({ captured: 3999 })]),
    ['order o1 (pi_1): amounts differ: it costs 4000 cents, and 3999 are kept'],
  ],
  [
    'a complete order was refunded, and orders was not told',
    books([order()], [payment({ status: 'refunded' })], [intent({ refunded: 4000 })]),
    ['order o1 (pi_1): amounts differ: it costs 4000 cents, and 0 are kept'],
  ],
  [
    'payments and Stripe ask for something else than the price',
    books(
      [order({ status: 'created' })],
      [payment({ amount: 40, status: 'pending' })],
      [intent({ ...unpaid, amount: 41 })],
    ),
    ['order o1 (pi_1): amounts differ: it costs 4000 cents, and payments asks for 40, pi_1 asks for 41'],
  ],
  [
    'the price was taken by two intents',
    books([order()], [payment()], [intent(), intent({ intent: 'pi_2' })]),
    [
      'order o1 (pi_1, pi_2): amounts differ: it costs 4000 cents, and 8000 are kept',
      'order o1 (pi_1, pi_2): more than one intent: pi_1 holds 0 and took 4000 cents, pi_2 holds 0 and took 4000 cents',
    ],
  ],
  [
    'a second card is still held',
    books([order()], [payment()], [intent(), intent({ intent: 'pi_2', ...authorised })]),
    [
      'order o1 (pi_1, pi_2): more than one intent: pi_1 holds 0 and took 4000 cents, pi_2 holds 4000 and took 0 cents',
      'order o1 (pi_2): authorisation left open: it is complete, and 4000 cents are still held',
    ],
  ],
  [
    'a cancelled order holds money',
    books([order({ status: 'cancelled' })], [payment({ status: 'authorised' })], [intent(authorised)]),
    ['order o1 (pi_1): authorisation left open: it is cancelled, and 4000 cents are still held'],
  ],
  [
    'payments notes what Stripe does not say',
    books([order()], [payment({ status: 'authorised' })], [intent()]),
    ['order o1 (pi_1): noted otherwise: payments says authorised, Stripe captured'],
  ],
  [
    'payments notes an intent that Stripe does not have',
    books([order()], [payment({ intent: 'pi_9' })], [intent()]),
    ['order o1 (pi_1): noted otherwise: Stripe has no pi_9'],
  ],
  [
    'payments lost its note of money that was taken',
    books([order()], [], [intent()]),
    ['order o1 (pi_1): noted otherwise: payments has no note of 4000 cents'],
  ],
  [
    'money is there for an order that nobody knows',
    books([], [], [intent({ orderId: 'o9' })]),
    ['order o9 (pi_1): money of an unknown order: 0 cents are held and 4000 kept'],
  ],
  [
    'money is held for no order',
    books([], [], [intent({ orderId: undefined, ...authorised })]),
    ['no order (pi_1): money of an unknown order: 4000 cents are held and 0 kept'],
  ],
];

test.each(wrong)('%s: seen, and named with its ids and amounts', (_what, all, sentences) => {
  expect(findingsIn(all)).toEqual(sentences);
});

test('an order that is open: its payment is not wrong, and said to be open', () => {
  const waiting = order({ id: 'o2', status: 'created' });
  const all = books(
    [order({ status: 'created' }), waiting, order({ id: 'o3', status: 'created' })],
    [payment({ status: 'authorised' })],
    [intent(authorised), intent({ intent: 'pi_2', orderId: 'o2', ...unpaid })],
  );
  expect(compareBooks(all)).toEqual({
    findings: [],
    open: [
      { orderId: 'o1', intents: ['pi_1'], held: 4000 },
      { orderId: 'o2', intents: ['pi_2'], held: 0 },
    ],
  });
});
