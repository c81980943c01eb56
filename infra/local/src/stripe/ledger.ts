import { Router } from 'express';
import { html, page, table, type Markup } from './html';
import type { Charge, PaymentIntent, Refund } from './objects';
import type { Store } from './store';

/** What one intent did with the buyer's money, in cents. */
export interface LedgerEntry {
  readonly intent: string;
  /** The order that it pays, from its metadata. */
  readonly orderId: string | undefined;
  readonly status: string;
  readonly amount: number;
  /** Authorised and neither captured nor let go. */
  readonly held: number;
  readonly captured: number;
  readonly refunded: number;
  /** Each card that was tried. */
  readonly attempts: readonly { readonly charge: string; readonly last4: string; readonly status: string }[];
}

export interface Ledger {
  readonly standIn: string;
  readonly intents: readonly LedgerEntry[];
  readonly captures: readonly { readonly intent: string; readonly amount: number }[];
  readonly refunds: readonly Refund[];
  readonly idempotency: readonly {
    readonly key: string;
    readonly request: string;
    readonly status: number;
    readonly uses: number;
  }[];
  readonly events: readonly {
    readonly id: string;
    readonly type: string;
    readonly attempts: number;
    readonly state: string;
  }[];
}

export function readLedger(store: Store): Ledger {
  const charges = store.all('charges');
  return {
    standIn: "ticketing's own stand-in for Stripe",
    intents: store.all('intents').map((intent) => describe(store, intent, charges)),
    captures: charges
      .filter((charge) => charge.captured)
      .map(({ payment_intent: intent, amount }) => ({ intent, amount })),
    refunds: store.all('refunds'),
    idempotency: store
      .all('answers')
      .map(({ id, method, path, status, uses }) => ({ key: id, request: `${method} ${path}`, status, uses })),
    events: store.all('events').map(({ id, type, attempts, state }) => ({ id, type, attempts, state })),
  };
}

/** The books, for people at `/` and for tests at `/ledger.json`. */
export function createLedgerPages(store: Store): Router {
  return Router()
    .get('/ledger.json', (_req, res) => void res.send(readLedger(store)))
    .get('/', (_req, res) => void res.type('html').send(page('Payments', showLedger(readLedger(store)))));
}

function describe(store: Store, intent: PaymentIntent, charges: readonly Charge[]): LedgerEntry {
  const own = charges.filter((charge) => charge.payment_intent === intent.id);
  const captured = own.filter((charge) => charge.captured);
  return {
    intent: intent.id,
    orderId: intent.metadata.orderId,
    status: intent.status,
    amount: intent.amount,
    held: intent.amount_capturable,
    captured: sum(captured.map((charge) => charge.amount_captured)),
    refunded: sum(captured.map((charge) => charge.amount_refunded)),
    attempts: own.map((charge) => ({
      charge: charge.id,
      last4: store.get('methods', charge.payment_method)?.shown.card.last4 ?? '',
      status: charge.status,
    })),
  };
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

function showLedger({ intents, refunds, idempotency, events }: Ledger): Markup {
  const newestFirst = <T>(rows: readonly T[]) => [...rows].reverse();
  return html`
    <p>Amounts are in cents. The same as JSON: <a href="/ledger.json">ledger.json</a></p>
    ${table(
      'Payment intents',
      ['Intent', 'Order', 'Status', 'Amount', 'Held', 'Captured', 'Refunded', 'Cards tried'],
      newestFirst(intents).map((entry) => [
        html`<code>${entry.intent}</code>`,
        html`<code>${entry.orderId ?? ''}</code>`,
        entry.status,
        entry.amount,
        entry.held,
        entry.captured,
        entry.refunded,
        entry.attempts.map(({ last4, status }) => html`${last4} ${status}<br />`),
      ]),
    )}
    ${table(
      'Refunds',
      ['Refund', 'Intent', 'Amount'],
      newestFirst(refunds).map((refund) => [refund.id, refund.payment_intent, refund.amount]),
    )}
    ${table(
      'Idempotency keys',
      ['Key', 'Request', 'Answered with', 'Uses'],
      newestFirst(idempotency).map(({ key, request, status, uses }) => [key, request, status, uses]),
    )}
    ${table(
      'Webhook events',
      ['Event', 'Type', 'State', 'Attempts'],
      newestFirst(events).map(({ id, type, state, attempts }) => [id, type, state, attempts]),
    )}
  `;
}
