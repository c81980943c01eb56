import { screen, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import type { ReactElement } from 'react';
import OrderPage from '../../pages/orders/[orderId]';
import OrdersPage from '../../pages/orders';
import SignInPage from '../../pages/auth/signin';
import SignOutPage from '../../pages/auth/signout';
import SignUpPage from '../../pages/auth/signup';
import TicketPage from '../../pages/tickets/[ticketId]';
import EditTicketPage from '../../pages/tickets/[ticketId]/edit';
import OwnTicketsPage from '../../pages/tickets/mine';
import NewTicketPage from '../../pages/tickets/new';
import TicketsPage from '../../pages';
import type { Order, Session, Ticket } from '../../api/types';
import type { CardEntry } from '../../lib/config';
import type { TicketView } from '../../lib/ticket-view';
import { texts } from '../../texts';
import { order, signedIn, ticket } from './samples';
import { until } from './visit';

/** Something that people do on a page, with the request that it makes. */
export interface Action {
  route: string;
  /** As in the document of the API: its ids are still names. */
  path: string;
  method: 'get' | 'post' | 'put' | 'delete';
  address: string;
  page: ReactElement;
  /** What is typed before, by the labels of the fields. */
  entries: Record<string, string>;
  button: string;
  /** What is pressed in the dialog that asks first. */
  confirm?: string;
}

const ids: Record<string, string> = { '/api/tickets/{id}': ticket.id, '/api/orders/{id}': order.id };

function action(
  [method, path]: [Action['method'], string],
  [address, page]: [string, ReactElement],
  button: string,
  more: Pick<Partial<Action>, 'entries' | 'confirm'> = {},
): Action {
  const route = `${method.toUpperCase()} ${path.replace('{id}', ids[path] ?? '')}`;
  return { method, path, route, address, page, button, entries: {}, ...more };
}

export const ticketPage = (changes: Partial<Ticket>, view: TicketView) => (
  <TicketPage ticket={{ ...ticket, ...changes }} view={view} address="" notice={null} session={signedIn} />
);
export const editPage = (changes: Partial<Ticket> = {}) => <EditTicketPage ticket={{ ...ticket, ...changes }} />;
export const newTicketPage = (session: Session = signedIn) => <NewTicketPage session={session} />;
export const orderPage = (changes: Partial<Order> = {}, cardEntry: CardEntry = { kind: 'test', bank: null }) => (
  <OrderPage order={{ ...order, ...changes }} serverNow={Date.parse(order.createdAt)} cardEntry={cardEntry} />
);

const credentials = { 'E-mail': 'ariel@example.com', Password: 'correct horse battery' };
const details = { Title: 'Back row', 'Price in US dollars': '12.50', 'Venue (optional)': 'Globe, upstairs' };
const ticketPath = `/tickets/${ticket.id}`;
const orderPath = `/orders/${order.id}`;
const more = { items: [ticket], next: 'c2' };

export const card = { 'Card number': '4242 4242 4242 4242' };
export const payButton = texts.payment.pay('$45.50');

export const actions = {
  signUp: action(
    ['post', '/api/users/signup'],
    ['/auth/signup', <SignUpPage returnTo="/orders" />],
    texts.signUp.title,
    { entries: credentials },
  ),
  signIn: action(
    ['post', '/api/users/signin'],
    ['/auth/signin', <SignInPage returnTo="/orders" />],
    texts.signIn.title,
    { entries: credentials },
  ),
  signOut: action(
    ['post', '/api/users/signout'],
    ['/auth/signout', <SignOutPage atOnce={false} />],
    texts.signOut.title,
  ),
  list: action(['post', '/api/tickets'], ['/tickets/new', newTicketPage()], texts.sell.verb, {
    entries: details,
  }),
  edit: action(['put', '/api/tickets/{id}'], [`${ticketPath}/edit`, editPage()], texts.edit.verb, {
    entries: details,
  }),
  withdraw: action(['delete', '/api/tickets/{id}'], [`${ticketPath}/edit`, editPage()], texts.withdraw.open, {
    confirm: texts.withdraw.confirm,
  }),
  reserve: action(['post', '/api/orders'], [ticketPath, ticketPage({}, { state: 'available' })], texts.ticket.reserve),
  pay: action(['post', '/api/payments'], [orderPath, orderPage()], payButton, { entries: card }),
  cancel: action(['delete', '/api/orders/{id}'], [orderPath, orderPage()], texts.order.cancel, {
    confirm: texts.order.cancel,
  }),
  moreTickets: action(
    ['get', '/api/tickets'],
    ['/', <TicketsPage query={{}} tickets={more} errors={{}} />],
    texts.list.showMore,
  ),
  moreOwnTickets: action(
    ['get', '/api/tickets'],
    ['/tickets/mine', <OwnTicketsPage tickets={more} />],
    texts.list.showMore,
  ),
  moreOrders: action(
    ['get', '/api/orders'],
    ['/orders', <OrdersPage orders={{ items: [order], next: 'c2' }} />],
    texts.list.showMore,
  ),
} satisfies Record<string, Action>;

/** The first: the dialog that asks comes after it. "Show more" is a link, for those without scripts. */
export const buttonOf = ({ button }: Action): HTMLElement => screen.getAllByText(button, { selector: 'button, a' })[0]!;

export async function enter(user: UserEvent, entries: Record<string, string>): Promise<void> {
  for (const [label, entry] of Object.entries(entries)) {
    // A form may come in a script of its own.
    await until(() => expect(screen.queryByLabelText(label)).toBeVisible());
    await user.clear(screen.getByLabelText(label));
    await user.paste(entry);
  }
}

export async function press(user: UserEvent, action: Action): Promise<void> {
  await user.click(buttonOf(action));
  if (action.confirm === undefined) return;
  await user.click(within(screen.getByRole('dialog')).getByText(action.confirm, { selector: 'button' }));
}
