import Stripe from 'stripe';
import { Fault } from '../fault';
import type { Settings } from '../system/settings';
import type { IntentEntry } from './books';

const LARGEST_PAGE = 100;

/** The account that payments uses, by its settings. @throws Fault when they name none */
export function openAccount({ STRIPE_KEY: key, STRIPE_API_URL: url }: Settings): Stripe {
  if (!key) throw new Fault('Payments go to Stripe itself: the audit needs the STRIPE_KEY that they go with.');
  if (!url) return new Stripe(key, { telemetry: false });
  const { protocol, hostname, port } = new URL(url);
  const secure = protocol === 'https:';
  const address = { host: hostname, port: port || (secure ? 443 : 80), protocol: secure ? 'https' : 'http' } as const;
  return new Stripe(key, { telemetry: false, ...address });
}

/** Every payment intent of the account, with what became of its money. */
export async function readAccount(stripe: Stripe): Promise<IntentEntry[]> {
  const entries: IntentEntry[] = [];
  const intents = stripe.paymentIntents.list({ limit: LARGEST_PAGE, expand: ['data.latest_charge'] });
  for await (const intent of intents) entries.push(describe(intent));
  return entries;
}

function describe(intent: Stripe.PaymentIntent): IntentEntry {
  const { id, metadata, status, amount, amount_capturable: held, latest_charge: charge } = intent;
  // Of money that was held and let go Stripe says that it was refunded, too.
  const taken = typeof charge === 'object' && charge?.captured ? charge : undefined;
  return {
    intent: id,
    orderId: metadata.orderId,
    status,
    amount,
    held,
    captured: taken?.amount_captured ?? 0,
    refunded: taken?.amount_refunded ?? 0,
  };
}
