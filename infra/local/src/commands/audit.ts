import type Stripe from 'stripe';
import {
  compareBooks,
  describeFinding,
  openAccount,
  readAccount,
  readDatabases,
  whatStays,
  type Audit,
  type Books,
} from '../audit';
import { givenSettings } from '../config';
import { Fault } from '../fault';
import { say } from '../output';
import { DataFolder } from '../system/data-folder';
import { dataFolder } from '../system/paths';
import { serviceSettings } from '../system/settings';
import { addressesOfRun } from './operator';

interface Look extends Audit {
  readonly books: Books;
}

/** Compares the orders, the payments and the Stripe account of the run. What is wrong makes this program fail. */
export async function audit(args: readonly string[]): Promise<void> {
  if (args.length > 0) throw new Fault('npm run audit compares everything and takes no words.');
  const addresses = addressesOfRun();
  const { secrets } = new DataFolder(dataFolder());
  const account = openAccount(serviceSettings('payments', 0, addresses, secrets, givenSettings()));
  const look = () => lookInto(addresses.mongodb, account);
  const first = await look();
  if (first.findings.length > 0) say('Something differs. Looking again, as money that is on its way is not wrong …');
  report(await whatStays(first, look));
}

async function lookInto(mongodb: string, account: Stripe): Promise<Look> {
  const books = { ...(await readDatabases(mongodb)), intents: await readAccount(account) };
  return { books, ...compareBooks(books) };
}

function report({ books: { orders, payments, intents }, findings, open }: Look): void {
  for (const finding of findings) say(describeFinding(finding));
  for (const { orderId, intents: own, held } of open) {
    say(`order ${orderId} (${own.join(', ')}): open: ${held} cents are held, and its buyer may still pay`);
  }
  const compared = `${orders.length} orders, ${payments.length} payments, ${intents.length} intents`;
  say(`${compared}: ${findings.length === 0 ? 'nothing is' : findings.length} wrong, ${open.length} open.`);
  if (findings.length > 0) process.exitCode = 1;
}
