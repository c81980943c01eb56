import { credentialFaults } from '../lib/credential-faults';
import { hueOf } from '../lib/hue';
import { formatPrice } from '../lib/money';
import { nextCursor } from '../lib/next-page';
import { testCardToken } from '../lib/test-cards';
import { isNarrowed, listPath, queryFaults, readTicketQuery } from '../lib/ticket-query';
import { scriptJson, ticketOffer } from '../lib/ticket-offer';
import { readStart, ticketFault, ticketFaults } from '../lib/ticket-entries';
import { ticketNotice } from '../lib/ticket-notice';
import { ticketView } from '../lib/ticket-view';
import type { Session, Ticket } from '../api/types';
import {
  formatDate,
  formatTime,
  formatTimeLeft,
  fromLocalInput,
  isoDuration,
  serverTime,
  spokenTimeLeft,
  toLocalInput,
} from '../lib/time';

test('a price always shows its cents', () => {
  expect([5, 0.5, 1234.5, 999999.99].map(formatPrice)).toEqual(['$5.00', '$0.50', '$1,234.50', '$999,999.99']);
});

test('a ticket always has the same one of six colours, and neighbours have several', () => {
  const ids = Array.from({ length: 60 }, (_none, place) => (0x6650f2a1c3d4 + place * 7).toString(16));
  expect(ids.map(hueOf)).toEqual(ids.map(hueOf));
  expect([...new Set(ids.map(hueOf))].sort()).toEqual([0, 1, 2, 3, 4, 5]);
});

describe('times', () => {
  test('a date names its zone where that is not the visitor’s own', () => {
    const iso = '2027-06-01T18:00:00.000Z';
    expect(formatDate(iso, 'UTC')).toMatch(/^Jun 1, 2027, 6:00\sPM UTC$/);
    expect(formatDate(iso, 'Europe/Berlin')).toMatch(/^Jun 1, 2027, 8:00\sPM$/);
    expect(formatTime(iso, 'UTC')).toMatch(/^6:00\sPM UTC$/);
    expect(formatTime(iso, 'Europe/Berlin')).toMatch(/^8:00\sPM$/);
  });

  test('time left is rounded up, so that 0:00 means that nothing is left', () => {
    expect([900_000, 65_000, 59_001, 1, 0, -5000].map(formatTimeLeft)).toEqual([
      '15:00',
      '1:05',
      '1:00',
      '0:01',
      '0:00',
      '0:00',
    ]);
    expect(isoDuration(59_001)).toBe('PT60S');
  });

  test('what is spoken is a milestone that was just passed', () => {
    const spoken = [900_000, 600_000, 590_001, 590_000, 300_000, 120_000, 60_000, 29_000, 1000, 0].map(spokenTimeLeft);
    expect(spoken).toEqual([
      '',
      '10 minutes left',
      '10 minutes left',
      '',
      '5 minutes left',
      '2 minutes left',
      '1 minute left',
      '30 seconds left',
      '',
      '',
    ]);
  });

  test('the server’s time is the end of the second that its header names', () => {
    expect(serverTime('Sat, 21 Nov 2026 11:56:03 GMT')).toBe(Date.parse('2026-11-21T11:56:03.999Z'));
    expect(serverTime('soon')).toBeUndefined();
    expect(serverTime(undefined)).toBeUndefined();
  });

  test('a local input and an instant turn into each other', () => {
    const iso = '2027-06-01T18:30:00.000Z';
    expect(fromLocalInput(toLocalInput(iso))).toBe(iso);
    expect(fromLocalInput('whenever')).toBe('whenever');
  });
});

describe('the list’s address', () => {
  test('when a form sends empty and foreign fields, then only what narrows the list is kept', () => {
    const query = readTicketQuery({ q: ' jazz ', category: '', minPrice: ['5', '6'], page: '2' });
    expect(query).toEqual({ q: 'jazz', minPrice: '5' });
    expect(listPath(query)).toBe('/?q=jazz&minPrice=5');
    expect(listPath({}, 'c1')).toBe('/?cursor=c1');
    expect(listPath({})).toBe('/');
  });

  test('when the highest price is below the lowest, then that is said at its field', () => {
    expect(queryFaults({ minPrice: '50', maxPrice: '10' })).toEqual({ maxPrice: expect.stringMatching(/not below/) });
    expect(queryFaults(readTicketQuery({ minPrice: '9', maxPrice: '10' }))).toEqual({});
    expect(queryFaults({ minPrice: '50' })).toEqual({});
  });

  test('sorting alone leaves nothing out', () => {
    expect(isNarrowed({ sort: 'price' })).toBe(false);
    expect(isNarrowed({ sort: 'price', q: 'jazz' })).toBe(true);
  });

  test('the next page is where the Link header says', () => {
    expect(nextCursor('</api/tickets?q=a%2Cb&cursor=c%3D2>; rel="next"')).toBe('c=2');
    expect(nextCursor('</api/tickets?cursor=1>; rel="prev"')).toBeNull();
    expect(nextCursor(undefined)).toBeNull();
  });
});

describe('an entry of the ticket form that was left', () => {
  const past = '2020-01-01T18:00:30.000Z';

  test.each([
    ['price', ['0.50', ' 49.9 ', '5'], ['0.49', '1.999', '-5', '5 dollars', '1e3', '5,50', '']],
    ['startsAt', ['2999-01-01T20:00', ''], ['2020-01-01T20:00', 'whenever']],
    ['title', ['Jazz'], ['', '  ']],
    ['venue', ['Blue Note', ''], []],
  ])('when it is the %s, then only what the service would refuse is named', (name, right, wrong) => {
    for (const entry of right) expect(ticketFault(name, entry, undefined)).toBeUndefined();
    for (const entry of wrong) expect(ticketFault(name, entry, undefined)).toMatch(/\.$/);
  });

  test('when the start of a ticket was let alone, then it is the very instant that it was, even in the past', () => {
    expect(readStart(toLocalInput(past), past)).toBe(past);
    expect(ticketFault('startsAt', toLocalInput(past), past)).toBeUndefined();
    expect(ticketFault('startsAt', '2020-01-01T18:05', past)).toBeDefined();
    expect(readStart('', past)).toBeUndefined();
  });
});

test('when a ticket is sent, then only the fields with a fault are named', () => {
  expect(ticketFaults({ title: ' ', price: '5', venue: '', startsAt: '' }, undefined)).toEqual({
    title: 'Give the ticket a title.',
  });
  expect(ticketFaults({ title: 'Jazz', price: '5' }, undefined)).toEqual({});
});

test('when somebody signs in or up, then what is plainly wrong is named before it is sent', () => {
  const faults = (email: string, password: string, newAccount: boolean) =>
    Object.keys(credentialFaults({ email, password }, newAccount));
  expect(faults('', '', false)).toEqual(['email', 'password']);
  expect(faults('ana@example.com', 'short', true)).toEqual(['password']);
  // An account may be older than the rule.
  expect(faults('ana@example.com', 'short', false)).toEqual([]);
  expect(faults('ana@example.com', 'long enough', true)).toEqual([]);
});

test('a test card is known by its number, however it is spaced, or by its token', () => {
  expect(testCardToken('4242424242424242')).toBe('tok_visa');
  expect(testCardToken(' 4000 0000-0000 0002 ')).toBe('tok_chargeDeclined');
  expect(testCardToken('tok_chargeDeclinedInsufficientFunds')).toBe('tok_chargeDeclinedInsufficientFunds');
  expect(testCardToken('4111 1111 1111 1111')).toBeUndefined();
  expect(testCardToken('')).toBeUndefined();
});

describe('how a ticket stands to its visitor', () => {
  const now = Date.parse('2027-01-01T00:00:00Z');
  const ticket: Ticket = {
    id: 't1',
    title: 'Jazz',
    price: 5,
    category: 'concert',
    userId: 'seller',
    status: 'available',
    version: 0,
    createdAt: '2026-01-01T00:00:00Z',
  };
  const signedIn = (id: string): Session => ({ state: 'signed-in', user: { id, email: `${id}@example.com` } });
  const view = (more: Partial<Ticket>, visitor: Session, ownsOrder = false) =>
    ticketView({ ticket: { ...ticket, ...more }, visitor, ownsOrder, now });

  test.each<[object, Session, boolean, object]>([
    [{}, { state: 'signed-out' }, false, { state: 'available' }],
    [{}, { state: 'unknown' }, false, { state: 'available' }],
    [{}, signedIn('seller'), false, { state: 'own' }],
    [{ status: 'sold', orderId: 'o1' }, signedIn('seller'), false, { state: 'own' }],
    [{ startsAt: '2026-12-31T23:59:59Z' }, signedIn('buyer'), false, { state: 'past' }],
    [{ status: 'reserved', orderId: 'o1' }, signedIn('buyer'), false, { state: 'reserved' }],
    [{ status: 'reserved', orderId: 'o1' }, signedIn('buyer'), true, { state: 'held-by-you', orderId: 'o1' }],
    [{ status: 'sold', orderId: 'o1' }, signedIn('buyer'), true, { state: 'bought-by-you', orderId: 'o1' }],
    [{ status: 'sold', orderId: 'o1' }, { state: 'signed-out' }, false, { state: 'sold' }],
  ])('%j seen by %j', (more, visitor, ownsOrder, expected) => {
    expect(view(more, visitor, ownsOrder)).toEqual(expected);
  });

  const onSale = { state: 'available' } as const;

  test('when search engines read it, then it is an event only if it has a date and a place, and says whether it can be bought', () => {
    const address = 'https://shop.example/tickets/t1';
    expect(ticketOffer(ticket, onSale, address)).toMatchObject({
      '@type': 'Product',
      name: 'Jazz',
      offers: { url: address, price: '5.00', priceCurrency: 'USD', availability: 'https://schema.org/InStock' },
    });
    const event = { ...ticket, startsAt: '2027-06-01T18:00:00Z', venue: 'Blue Note', status: 'sold' } as const;
    expect(ticketOffer(event, { state: 'sold' }, address)).toMatchObject({
      '@type': 'Event',
      startDate: '2027-06-01T18:00:00Z',
      location: { name: 'Blue Note' },
      offers: { availability: 'https://schema.org/SoldOut' },
    });
    const past = { ...event, status: 'available' } as const;
    expect(ticketOffer(past, { state: 'past' }, address)).toMatchObject({
      offers: { availability: 'https://schema.org/OutOfStock' },
    });
    // Search engines take no event without a place.
    const nowhere = ticketOffer({ ...event, venue: undefined }, onSale, address);
    expect(nowhere).toMatchObject({ '@type': 'Product' });
    expect(nowhere).not.toHaveProperty('startDate');
  });

  test('when a seller writes markup into a title, then it stays within the data', () => {
    const json = scriptJson(ticketOffer({ ...ticket, title: '</script><img onerror=alert(1)>' }, onSale, ''));
    expect(json).not.toContain('<');
    expect(JSON.parse(json)).toMatchObject({ name: '</script><img onerror=alert(1)>' });
  });

  test('when the seller comes back to a ticket that is on sale, then what was done is said, and to nobody else', () => {
    const own = { state: 'own' } as const;
    expect(ticketNotice('listed', ticket, own)).toBe('Your ticket is on sale.');
    expect(ticketNotice('listed', { ...ticket, status: 'sold' }, own)).toBeNull();
    expect(ticketNotice('listed', ticket, { state: 'available' })).toBeNull();
    expect(ticketNotice('unheard of', ticket, own)).toBeNull();
    expect(ticketNotice(undefined, ticket, own)).toBeNull();
  });
});
