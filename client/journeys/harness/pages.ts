import { readdirSync } from 'node:fs';
import { inClone } from '@ticketing/local';
import type { Order, Ticket } from '../../../nats-test/harness/shop';
import type { Stage } from './journey';
import type { Person } from './person';

/** The page for what is not there has no address of its own. */
export const NOWHERE = '/nowhere';
export const SIGN_OUT = '/auth/signout';

export interface Resident {
  readonly resident: Person;
  /** Every page that there is, with something of the resident's on it; the one that signs out is the last. */
  readonly pages: readonly string[];
  /** On sale. */
  readonly own: Ticket;
  /** Of somebody else's ticket, and not paid yet. */
  readonly order: Order;
  readonly paid: Order;
}

/** Somebody to whom all pages have something to show: sells a ticket, has bought another, and holds a third. */
export async function settle({ shop, person, list }: Stage): Promise<Resident> {
  const [seller, resident] = await Promise.all([person(), person()]);
  const [own, sold, held] = await Promise.all([list(resident), shop.list(seller.visitor), shop.list(seller.visitor)]);
  const [paid, order] = await Promise.all([
    shop.buy(resident.visitor, sold),
    shop.reserve(resident.visitor, held.id),
    shop.ticketIs('reserved', held),
  ]);
  const pages = [NOWHERE, `/tickets/${held.id}`, `/orders/${order.id}`, ...allPages(own.id, paid.id)];
  return { resident, pages: [...pages.filter((page) => page !== SIGN_OUT), SIGN_OUT], own, order, paid };
}

/** As Next finds them by their files. */
function allPages(ticketId: string, orderId: string): string[] {
  const files = readdirSync(inClone('client', 'pages'), { recursive: true, encoding: 'utf8' });
  const pages = files.filter((file) => file.endsWith('.tsx') && !/^(_|404)/.test(file));
  return pages.map((file) => {
    const path = `/${file.replace(/(^|\/)index\.tsx$|\.tsx$/, '')}`;
    return path.replace('[ticketId]', ticketId).replace('[orderId]', orderId);
  });
}
