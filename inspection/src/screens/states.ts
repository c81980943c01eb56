import type { ServiceName } from '@ticketing/local';
import type { Page } from 'playwright-core';
import type { Person, Shop } from '../shop';

/** A page as somebody may come to see it. */
export interface State {
  readonly name: string;
  /** Its address; or what has happened before, and then its address. */
  readonly path: string | ((shop: Shop) => Promise<string>);
  /** Nobody is signed in by default. */
  readonly as?: Person;
  /** What the visitor does there. */
  readonly act?: (page: Page) => Promise<void>;
  /** The service that is stopped meanwhile. */
  readonly without?: ServiceName;
  /** The page was reached by a link of another site. */
  readonly fromElsewhere?: boolean;
  /** What another's program draws there, and can't be mended here. */
  readonly foreign?: string;
}

const NOWHERE = '0123456789abcdef01234567';

const submit = (page: Page) => page.locator('main form [type=submit]').click();
const press = (page: Page, button: string) => page.locator(`main ${button}`).first().click();

async function submitInVain(page: Page): Promise<void> {
  await submit(page);
  await page.locator('.field-error').first().waitFor();
}

async function payWith(page: Page, number: string): Promise<void> {
  await page.locator('[name=card-number]').fill(number);
  await submit(page);
  await page.locator('main .alert').waitFor();
}

async function ask(page: Page, button: string): Promise<void> {
  await press(page, button);
  await page.locator('dialog[open]').waitFor();
}

/** Comes to a checkout as a shop with other settings has it. */
async function reserveWhere(page: Page, cardEntry: object): Promise<void> {
  await page.route('**/_next/data/**/orders/*.json*', async (route) => {
    const response = await route.fetch();
    const { pageProps, ...rest } = (await response.json()) as { pageProps: object };
    await route.fulfill({ response, json: { ...rest, pageProps: { ...pageProps, cardEntry } } });
  });
  await press(page, '.ticket-action .btn');
  await page.locator('.cancel-order').waitFor();
}

const checkout = async (order: Promise<{ id: string }>) => `/orders/${(await order).id}`;

async function reservedTicket(shop: Shop): Promise<string> {
  const ticket = await shop.list();
  await shop.reserve(ticket);
  await shop.ticketIs('reserved', ticket);
  return `/tickets/${ticket.id}`;
}

async function soldTicket(shop: Shop): Promise<string> {
  const ticket = await shop.list();
  await shop.buy(ticket);
  await shop.ticketIs('sold', ticket);
  return `/tickets/${ticket.id}`;
}

/** What a seller may write who knows no measure. */
const LONG = {
  title: `An evening with the ${'very, '.repeat(24)}very late night jazz trio`,
  venue: `The ${'Donaudampfschifffahrt'.repeat(4)} hall`,
  price: 999_999.99,
};

const ticketOnSale = async (shop: Shop) => `/tickets/${(await shop.list()).id}`;

async function ordersOfAllKinds(shop: Shop): Promise<string> {
  await shop.reserve();
  await shop.buy();
  await shop.cancel(await shop.reserve());
  return '/orders';
}

/** The first one is the shop before anybody has offered anything. */
export const states: readonly State[] = [
  { name: 'list: no tickets yet', path: '/' },
  { name: 'list', path: (shop) => shop.fill().then(() => '/') },
  { name: 'list: no match', path: '/?q=zzz&category=theatre' },
  { name: 'list: wrong filter', path: '/?minPrice=abc' },
  { name: 'list: limits crossed', path: '/?minPrice=50&maxPrice=10' },
  { name: 'sign in', path: '/auth/signin' },
  { name: 'sign in: errors', path: '/auth/signin', act: submitInVain },
  { name: 'sign up', path: '/auth/signup' },
  { name: 'sign up: errors', path: '/auth/signup', act: submitInVain },
  { name: 'sign out: asks', path: '/auth/signout', as: 'newcomer', fromElsewhere: true },
  { name: 'ticket', path: ticketOnSale },
  { name: 'ticket: own', path: ticketOnSale, as: 'seller' },
  { name: 'ticket: reserved by another', path: reservedTicket, as: 'newcomer' },
  { name: 'ticket: held by you', path: reservedTicket, as: 'buyer' },
  { name: 'ticket: bought by you', path: soldTicket, as: 'buyer' },
  { name: 'ticket: sold', path: soldTicket },
  { name: 'ticket: own, reserved', path: reservedTicket, as: 'seller' },
  { name: 'ticket: own, sold', path: soldTicket, as: 'seller' },
  { name: 'ticket: long title', path: async (shop) => `/tickets/${(await shop.list(LONG)).id}` },
  { name: 'sell', path: '/tickets/new', as: 'seller' },
  { name: 'sell: errors', path: '/tickets/new', as: 'seller', act: submitInVain },
  { name: 'edit', path: async (shop) => `${await ticketOnSale(shop)}/edit`, as: 'seller' },
  {
    name: 'edit: withdraw?',
    path: async (shop) => `${await ticketOnSale(shop)}/edit`,
    as: 'seller',
    act: (page) => ask(page, '.btn-outline-danger'),
  },
  {
    name: 'edit: errors',
    path: async (shop) => `${await ticketOnSale(shop)}/edit`,
    as: 'seller',
    act: async (page) => {
      await page.locator('[name=title]').fill('');
      await submitInVain(page);
    },
  },
  { name: 'edit: reserved', path: async (shop) => `${await reservedTicket(shop)}/edit`, as: 'seller' },
  { name: 'edit: sold', path: async (shop) => `${await soldTicket(shop)}/edit`, as: 'seller' },
  { name: 'my tickets', path: async (shop) => soldTicket(shop).then(() => '/tickets/mine'), as: 'seller' },
  { name: 'my tickets: none', path: '/tickets/mine', as: 'newcomer' },
  { name: 'my orders', path: ordersOfAllKinds, as: 'buyer' },
  { name: 'my orders: none', path: '/orders', as: 'newcomer' },
  { name: 'checkout', path: (shop) => checkout(shop.reserve()), as: 'buyer' },
  {
    name: 'checkout: no such card',
    path: (shop) => checkout(shop.reserve()),
    as: 'buyer',
    act: (page) => payWith(page, '1'),
  },
  {
    name: 'checkout: declined',
    path: (shop) => checkout(shop.reserve()),
    as: 'buyer',
    act: (page) => payWith(page, '4000000000000002'),
  },
  {
    name: 'checkout: the bank asks',
    path: (shop) => checkout(shop.reserve()),
    as: 'buyer',
    act: async (page) => {
      await page.locator('[name=card-number]').fill('4000000000003220');
      await submit(page);
      await page.frameLocator('dialog[open] iframe').getByRole('button').first().waitFor();
    },
  },
  {
    name: 'checkout: unknown',
    path: (shop) => checkout(shop.reserve()),
    as: 'buyer',
    act: async (page) => {
      await page.route('**/api/payments', (route) => route.abort());
      await payWith(page, '4242424242424242');
    },
  },
  {
    name: 'checkout: cancel?',
    path: (shop) => checkout(shop.reserve()),
    as: 'buyer',
    act: (page) => ask(page, '.cancel-order .btn'),
  },
  {
    name: 'checkout: long title',
    path: (shop) => checkout(shop.list(LONG).then((ticket) => shop.reserve(ticket))),
    as: 'buyer',
  },
  {
    name: 'checkout: payments are not configured',
    path: ticketOnSale,
    as: 'buyer',
    act: (page) => reserveWhere(page, { kind: 'none' }),
  },
  {
    name: 'checkout: Stripe cannot be loaded',
    path: ticketOnSale,
    as: 'buyer',
    act: async (page) => {
      await reserveWhere(page, { kind: 'stripe', publishableKey: 'pk_test' });
      await page.locator('.field-error').waitFor();
    },
  },
  { name: 'checkout: paid', path: (shop) => checkout(shop.buy()), as: 'buyer' },
  {
    name: 'checkout: expired',
    path: (shop) => checkout(shop.reserve().then((order) => shop.expire(order))),
    as: 'buyer',
  },
  {
    name: 'checkout: cancelled',
    path: (shop) => checkout(shop.reserve().then((order) => shop.cancel(order))),
    as: 'buyer',
  },
  { name: 'receipt', path: async (shop) => `${await checkout(shop.buy())}/receipt`, as: 'buyer' },
  { name: 'account', path: '/account', as: 'newcomer' },
  {
    name: 'account: colours chosen',
    path: '/account',
    as: 'newcomer',
    act: async (page) => {
      await press(page, '[value=dark]');
      await page.locator('[value=dark][aria-pressed=true]:focus').waitFor();
    },
  },
  { name: 'not found', path: `/tickets/${NOWHERE}` },
  { name: 'not yours', path: (shop) => checkout(shop.reserve()), as: 'newcomer' },
  { name: 'list: tickets away', path: '/', without: 'tickets' },
  { name: 'ticket: accounts away', path: ticketOnSale, without: 'auth' },
  { name: 'checkout: orders away', path: (shop) => checkout(shop.reserve()), as: 'buyer', without: 'orders' },
  { name: 'my orders: orders away', path: '/orders', as: 'buyer', without: 'orders' },
  {
    name: 'receipt: payments away',
    path: async (shop) => `${await checkout(shop.buy())}/receipt`,
    as: 'buyer',
    without: 'payments',
  },
  { name: 'documents of the API', path: '/api-docs', foreign: '.swagger-ui' },
];
