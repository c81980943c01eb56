import { addressesOfRun } from '../commands/operator';
import { Fault } from '../fault';
import { say, step } from '../output';
import { listings, type Listing } from './listings';
import { Visitor } from './visitor';

interface Ticket {
  readonly id: string;
  readonly title: string;
  readonly status: string;
}

const PASSWORD = 'ticketing-for-trying';
const people = ['ada@example.com', 'ben@example.com', 'cleo@example.com'];
const DAY = 24 * 3600 * 1000;

export async function seed(args: readonly string[]): Promise<void> {
  if (args.length > 0) throw new Fault(`npm run seed takes no options (not "${args.join(' ')}").`);
  const { gateway } = addressesOfRun();
  await fillShop(gateway);
  tell(gateway.replace('127.0.0.1', 'localhost'));
}

/** Fills a running system over HTTP, as its users would. Run again, it adds only what is missing. */
export async function fillShop(shop: string): Promise<void> {
  const visitors = await Promise.all(people.map((email) => enter(shop, email)));
  await step('filling the shop', async (report) => {
    for (const [index, seller] of visitors.entries()) {
      const buyer = visitors[(index + 1) % visitors.length] ?? seller;
      const share = listings.filter((_listing, at) => at % visitors.length === index);
      await fill(seller, buyer, share);
      report(`${index + 1} of ${visitors.length} sellers`);
    }
  });
}

/** Lists what the seller does not have yet, and sees to it that the buyer takes what is meant to be taken. */
async function fill(seller: Visitor, buyer: Visitor, share: readonly Listing[]): Promise<void> {
  const known = await ownTickets(seller);
  for (const listing of share) {
    const ticket = known.get(listing.title) ?? (await list(seller, listing));
    await settle(ticket, listing, buyer);
  }
}

async function enter(shop: string, email: string): Promise<Visitor> {
  const visitor = new Visitor(shop);
  await visitor.enter(email, PASSWORD);
  return visitor;
}

async function ownTickets(visitor: Visitor): Promise<Map<string, Ticket>> {
  const tickets = await visitor.get<Ticket[]>('/api/tickets?seller=me&limit=100');
  return new Map(tickets.map((ticket) => [ticket.title, ticket]));
}

function list(seller: Visitor, { daysAhead, fate: _fate, ...ticket }: Listing): Promise<Ticket> {
  const startsAt = daysAhead && new Date(atEight(daysAhead)).toISOString();
  return seller.post<Ticket>('/api/tickets', { ...ticket, ...(startsAt && { startsAt }) });
}

/** A reservation that was paid for or that is still open is left as it is. */
async function settle(ticket: Ticket, { fate }: Listing, buyer: Visitor): Promise<void> {
  if (fate === 'listed' || ticket.status !== 'available') return;
  const order = await buyer.post<{ id: string }>('/api/orders', { ticketId: ticket.id });
  if (fate === 'sold') await buyer.post('/api/payments', { orderId: order.id, token: 'tok_visa' });
}

function atEight(daysAhead: number): number {
  const EIGHT_IN_THE_EVENING = 20 * 3600 * 1000;
  return Math.floor(Date.now() / DAY) * DAY + daysAhead * DAY + EIGHT_IN_THE_EVENING;
}

function tell(shop: string): void {
  const count = (fate: string) => listings.filter((listing) => listing.fate === fate).length;
  say(`${shop} has ${listings.length} listings: ${count('reserved')} of them reserved and ${count('sold')} sold.`);
  say(`Sign in as ${people.join(', ')}, each with the password ${PASSWORD}`);
}
