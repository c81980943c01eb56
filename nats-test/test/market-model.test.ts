import { newId } from '@ticketing/common/testing';
import { endsOf, Market, pricesOf, type Answer, type DeedKind, type MarketOrder } from '../harness/market-model';
import type { World } from '../harness/world';

/** The model itself: where nothing raced it must leave one end only, or the market would prove nothing. */

const NOW = 1_000_000;

function order(deeds: [DeedKind, Answer][] = [], more: Partial<MarketOrder> = {}): MarketOrder {
  const ticket = { id: newId(), seller: 0, price: 10, edits: [], withdrawal: undefined };
  const told = deeds.map(([kind, answer]) => ({ kind, answer }));
  return { id: newId(), buyer: 1, ticket, expiresAt: NOW + 1000, seen: 'created', deeds: told, ...more };
}

const withdrawn = (withdrawal: Answer) => ({ ticket: { ...order().ticket, withdrawal } });

const ends: [string, MarketOrder, string[]][] = [
  ['nothing happened', order(), ['created']],
  ['time is up for long', order([], { expiresAt: NOW - 11_000 }), ['cancelled expired']],
  ['time is just up', order([], { expiresAt: NOW }), ['created', 'cancelled expired']],
  ['it was cancelled', order([['cancel', 'granted']]), ['cancelled user']],
  ['it was paid', order([['pay', 'granted']]), ['complete']],
  ['the bank refuses the capture', order([['pay with a bad card', 'granted']]), ['cancelled unpaid']],
  ['its ticket was withdrawn', order([], withdrawn('granted')), ['cancelled withdrawn']],
  [
    'it was paid and cancelled at once, and the cancellation was refused',
    order([
      ['pay', 'granted'],
      ['cancel', 'refused'],
    ]),
    ['complete', 'cancelled user'],
  ],
  [
    'it was cancelled while it was paid',
    order([
      ['pay', 'refused'],
      ['cancel', 'granted'],
    ]),
    ['cancelled user'],
  ],
  [
    'it was paid and given back',
    order([
      ['pay', 'granted'],
      ['refund', 'granted'],
    ]),
    ['cancelled refunded'],
  ],
  ['it was seen cancelled', order([['pay', 'granted']], { seen: 'cancelled user' }), ['cancelled user']],
  ['it was seen complete, and time is up', order([], { seen: 'complete', expiresAt: 0 }), ['complete']],
  [
    'it was seen complete, and given back',
    order([['refund', 'granted']], { seen: 'complete' }),
    ['cancelled refunded'],
  ],
];

test.each(ends)('what an order may be when %s', (_what, given, expected) => {
  expect(endsOf(given, NOW)).toEqual(expected);
});

test('a ticket that was edited has the new price; while that is not certain, either', () => {
  const { ticket } = order();
  expect(pricesOf(ticket)).toEqual([10]);
  expect(pricesOf({ ...ticket, edits: [{ price: 20, answer: 'granted' }] })).toEqual([20]);
  expect(pricesOf({ ...ticket, edits: [{ price: 20, answer: 'refused' }] })).toEqual([10, 20]);
});

const worldOf = (state: object, price: number) =>
  ({ orders: [{ _id: 'o', ...state }], tickets: [{ _id: 't', price }] }) as unknown as World;

function soldMarket(): Market {
  const market = new Market();
  market.list('t', 0, 10);
  market.reserve('o', 1, market.tickets[0]!, NOW + 1000);
  market.orders[0]!.deeds.push({ kind: 'pay', answer: 'granted' });
  return market;
}

test('a world as people were told: no contradiction, and from then on it is what was seen', () => {
  const market = soldMarket();
  const world = worldOf({ status: 'complete' }, 10);
  expect(market.contradictions(world, NOW)).toEqual([]);
  market.learn(world);
  expect(market.orders[0]!.seen).toBe('complete');
  expect(market.openOrders).toEqual([]);
});

test.each([
  ['an order is lost', { orders: [], tickets: [{ _id: 't', price: 10 }] } as unknown as World, /order o is nowhere/],
  ['a paid order expired', worldOf({ status: 'cancelled', reason: 'expired' }, 10), /can only be complete/],
  ['a price is another one', worldOf({ status: 'complete' }, 12), /ticket t costs 12 where it can only cost 10/],
])('%s: seen', (_what, world, sentence) => {
  expect(soldMarket().contradictions(world, NOW).join('\n')).toMatch(sentence);
});

test('a withdrawn ticket that is there: seen', () => {
  const market = soldMarket();
  market.tickets[0]!.withdrawal = 'granted';
  expect(market.contradictions(worldOf({ status: 'complete' }, 10), NOW)).toEqual([
    'ticket t was withdrawn and is there',
  ]);
});
