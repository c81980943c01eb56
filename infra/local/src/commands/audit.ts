import { setTimeout as delay } from 'node:timers/promises';
import type Stripe from 'stripe';
import {
  compareBooks,
  describeFinding,
  openAccount,
  readAccount,
  readDatabases,
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

/** Longer than payments leaves an ended order to those who heard of its end, and its sweep to the next round. */
const SECOND_LOOK_MILLISECONDS = 10_000;

/** Compares the orders, the payments and the Stripe account of the run. What is wrong makes this program fail. */
export async function audit(args: readonly string[]): Promise<void> {
  if (args.length > 0) throw new Fault('npm run audit compares everything and takes no words.');
  const addresses = addressesOfRun();
  const { secrets } = new DataFolder(dataFolder());
  const account = openAccount(serviceSettings('payments', 0, addresses, secrets, givenSettings()));
  const read = () => readBooks(addresses.mongodb, account);
  const books = await read();
  const found = compareBooks(books);
  report(books, found.findings.length > 0 ? await whatStays(found, read) : found);
}

async function readBooks(mongodb: string, account: Stripe): Promise<Books> {
  return { ...(await readDatabases(mongodb)), intents: await readAccount(account) };
}

/** Money follows its order with a delay, and the books are read one after the other: only what stays is wrong. */
async function whatStays({ findings }: Audit, read: () => Promise<Books>): Promise<Audit> {
  say('Something differs. Looking again, as money that is on its way is not wrong …');
  await delay(SECOND_LOOK_MILLISECONDS);
  const again = compareBooks(await read());
  const before = new Set(findings.map(describeFinding));
  return { ...again, findings: again.findings.filter((finding) => before.has(describeFinding(finding))) };
}

function report({ orders, payments, intents }: Books, { findings, open }: Audit): void {
  for (const finding of findings) say(describeFinding(finding));
  for (const { orderId, intents: own, held } of open) {
    say(`order ${orderId} (${own.join(', ')}): open: ${held} cents are held, and its buyer may still pay`);
  }
  const compared = `${orders.length} orders, ${payments.length} payments, ${intents.length} intents`;
  say(`${compared}: ${findings.length === 0 ? 'nothing is' : findings.length} wrong, ${open.length} open.`);
  if (findings.length > 0) process.exitCode = 1;
}
