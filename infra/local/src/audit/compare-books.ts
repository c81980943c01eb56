import type { Books, IntentEntry, OrderEntry, PaymentEntry } from './books';

export type FindingKind =
  | 'charged without a complete order'
  | 'complete without a capture'
  | 'amounts differ'
  | 'more than one intent'
  | 'authorisation left open'
  | 'noted otherwise'
  | 'money of an unknown order';

/** Something that is wrong. */
export interface Finding {
  readonly kind: FindingKind;
  readonly orderId: string | undefined;
  readonly intents: readonly string[];
  /** What each book says, with the amounts. */
  readonly detail: string;
}

/** An order whose buyer may still pay: what is held for it is not wrong. */
export interface OpenPayment {
  readonly orderId: string;
  readonly intents: readonly string[];
  readonly held: number;
}

export interface Audit {
  readonly findings: readonly Finding[];
  readonly open: readonly OpenPayment[];
}

/** Compares what orders, payments and the Stripe account say of the same money, order by order. */
export function compareBooks({ orders, payments, intents }: Books): Audit {
  const paymentOf = new Map(payments.map((payment) => [payment.orderId, payment]));
  const lines = new Map(orders.map((order) => [order.id, newLine(order, paymentOf.get(order.id))]));
  const strangers: IntentEntry[] = [];
  for (const entry of intents) (lines.get(entry.orderId ?? '')?.intents ?? strangers).push(entry);
  const all = [...lines.values()];
  return {
    findings: [...all.flatMap((line) => rules.flatMap((rule) => rule(line))), ...strangers.flatMap(unknownMoney)],
    open: all.flatMap(openPayment),
  };
}

/** The sentence that names it. */
export function describeFinding({ kind, orderId, intents, detail }: Finding): string {
  const about = orderId === undefined ? 'no order' : `order ${orderId}`;
  return `${about} (${intents.join(', ') || 'no intent'}): ${kind}: ${detail}`;
}

/** What the books say of one order. */
interface Line {
  readonly order: OrderEntry;
  readonly payment: PaymentEntry | undefined;
  readonly intents: IntentEntry[];
}

const newLine = (order: OrderEntry, payment: PaymentEntry | undefined): Line => ({ order, payment, intents: [] });

const rules = [charged, uncaptured, keptOtherwise, askedOtherwise, severalIntents, leftOpen, notedOtherwise];

function charged(line: Line): Finding[] {
  const kept = keptOf(line.intents);
  if (line.order.status === 'complete' || kept === 0) return [];
  return finding(line, 'charged without a complete order', `it is ${line.order.status}, and ${kept} cents are kept`);
}

function uncaptured(line: Line): Finding[] {
  const { order, intents } = line;
  if (order.status !== 'complete' || sum(intents, 'captured') > 0) return [];
  const detail = `it costs ${order.price} cents, ${sum(intents, 'held')} are held and none were captured`;
  return finding(line, 'complete without a capture', detail);
}

function keptOtherwise(line: Line): Finding[] {
  const { order, intents } = line;
  const kept = keptOf(intents);
  if (order.status !== 'complete' || sum(intents, 'captured') === 0 || kept === order.price) return [];
  return finding(line, 'amounts differ', `it costs ${order.price} cents, and ${kept} are kept`);
}

function askedOtherwise(line: Line): Finding[] {
  const { order, payment, intents } = line;
  const noted = payment ? [{ who: 'payments', amount: payment.amount }] : [];
  const asked = [...noted, ...intents.map(({ intent, amount }) => ({ who: intent, amount }))];
  const wrong = asked.filter(({ amount }) => amount !== order.price);
  if (wrong.length === 0) return [];
  const said = wrong.map(({ who, amount }) => `${who} asks for ${amount}`);
  return finding(line, 'amounts differ', `it costs ${order.price} cents, and ${said.join(', ')}`);
}

function severalIntents(line: Line): Finding[] {
  const { intents } = line;
  if (intents.length <= 1) return [];
  const sums = intents.map(({ intent, held, captured }) => `${intent} holds ${held} and took ${captured} cents`);
  return finding(line, 'more than one intent', sums.join(', '));
}

function leftOpen({ order, payment, intents }: Line): Finding[] {
  if (order.status === 'created') return [];
  const holding = intents.filter(({ held }) => held > 0);
  return holding.flatMap((entry) => {
    const detail = `it is ${order.status}, and ${entry.held} cents are still held`;
    return finding({ order, payment, intents: [entry] }, 'authorisation left open', detail);
  });
}

/** While an order is open its payment changes, and the books were not read in one moment. */
function notedOtherwise(line: Line): Finding[] {
  const { order, payment, intents } = line;
  if (order.status === 'created') return [];
  const noted = intents.find(({ intent }) => intent === payment?.intent);
  if (payment?.intent && !noted) return finding(line, 'noted otherwise', `Stripe has no ${payment.intent}`);
  const money = sum(intents, 'held') + sum(intents, 'captured');
  if (!noted) return money > 0 ? finding(line, 'noted otherwise', `payments has no note of ${money} cents`) : [];
  const expected = noteOf(noted);
  if (expected === undefined || payment?.status === expected) return [];
  return finding(line, 'noted otherwise', `payments says ${payment?.status ?? 'nothing'}, Stripe ${expected}`);
}

function unknownMoney(entry: IntentEntry): Finding[] {
  const { intent, orderId, held, captured, refunded } = entry;
  if (held === 0 && captured === refunded) return [];
  const detail = `${held} cents are held and ${captured - refunded} kept`;
  return [{ kind: 'money of an unknown order', orderId, intents: [intent], detail }];
}

function openPayment({ order, intents }: Line): OpenPayment[] {
  if (order.status !== 'created' || intents.length === 0) return [];
  return [{ orderId: order.id, intents: intents.map(({ intent }) => intent), held: sum(intents, 'held') }];
}

function finding({ order, intents }: Line, kind: FindingKind, detail: string): Finding[] {
  return [{ kind, orderId: order.id, intents: intents.map(({ intent }) => intent), detail }];
}

/** What payments has to say of an intent once its order has ended; of one without money, anything. */
function noteOf({ status, captured, refunded }: IntentEntry): string | undefined {
  if (status === 'succeeded') return refunded === captured ? 'refunded' : 'captured';
  if (status === 'requires_capture') return 'authorised';
  return status === 'canceled' ? 'cancelled' : undefined;
}

const keptOf = (intents: readonly IntentEntry[]) => sum(intents, 'captured') - sum(intents, 'refunded');

function sum(intents: readonly IntentEntry[], field: 'held' | 'captured' | 'refunded'): number {
  return intents.reduce((total, entry) => total + entry[field], 0);
}
