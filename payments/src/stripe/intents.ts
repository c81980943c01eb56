import type Stripe from 'stripe';
import { ask, limits } from './client';
import { StripeRefusal } from './refusals';

/** What decides about money, as Stripe tells it. */
export interface Intent {
  readonly id: string;
  readonly status: Stripe.PaymentIntent.Status;
  /** All that was captured went back. */
  readonly isRefunded: boolean;
  readonly wasDeclined: boolean;
  /** Of the card that was tried last. */
  readonly last4: string | undefined;
}

export type Confirmation =
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'authentication required'; readonly clientSecret: string }
  | { readonly kind: 'declined'; readonly declineCode: string | undefined }
  /** Somebody else was faster: look again. */
  | { readonly kind: 'changed' };

/** A token that Stripe does not know, or that was used before. */
export class InvalidTokenError extends Error {
  override readonly name = 'InvalidTokenError';
}

const EXPIRED_AUTHORISATION = ['charge_expired_for_capture', 'capture_charge_authorization_expired'];
const atTheBank = () => ({ timeout: limits.atTheBank });

/**
 * Makes the one intent of an order, without any money in it. The order's id is the idempotency key: if the answer or
 * our note of it gets lost, asking again gives the same intent.
 */
export async function createIntent(orderId: string, amount: number, currency: string): Promise<string> {
  const draft: Stripe.PaymentIntentCreateParams = {
    amount,
    currency,
    capture_method: 'manual',
    allowed_payment_method_types: ['card'],
    metadata: { orderId },
  };
  const { id } = await ask((stripe) => stripe.paymentIntents.create(draft, { idempotencyKey: orderId }));
  return id;
}

export async function retrieveIntent(id: string): Promise<Intent> {
  const expand = ['latest_charge', 'payment_method'];
  return describe(await ask((stripe) => stripe.paymentIntents.retrieve(id, { expand })));
}

/** The intent of an order whose id was lost, with a backup for example. */
export async function findIntent(orderId: string): Promise<string | undefined> {
  const query = `metadata['orderId']:'${orderId}'`;
  const { data } = await ask((stripe) => stripe.paymentIntents.search({ query, limit: 1 }));
  return data[0]?.id;
}

/** @throws InvalidTokenError */
export async function createPaymentMethod(token: string): Promise<string> {
  try {
    const { id } = await ask((stripe) => stripe.paymentMethods.create({ type: 'card', card: { token } }));
    return id;
  } catch (error) {
    if (error instanceof StripeRefusal && error.statusCode === 400) throw new InvalidTokenError();
    throw error;
  }
}

/** Asks the card's bank for the money. An intent that was declined is confirmed again with the next card. */
export async function confirmIntent(id: string, paymentMethod: string): Promise<Confirmation> {
  const card = { payment_method: paymentMethod, use_stripe_sdk: true };
  try {
    const intent = await ask((stripe) => stripe.paymentIntents.confirm(id, card, atTheBank()));
    if (intent.status !== 'requires_action') return { kind: 'confirmed' };
    return { kind: 'authentication required', clientSecret: intent.client_secret ?? '' };
  } catch (error) {
    return readRefusal(error);
  }
}

/**
 * Takes the authorised money. Asking twice is safe without a key: what is captured can't be captured again.
 * @returns false when the card's bank does not give it any more
 */
export async function captureIntent(id: string): Promise<boolean> {
  try {
    await ask((stripe) => stripe.paymentIntents.capture(id, {}, atTheBank()));
    return true;
  } catch (error) {
    if (error instanceof StripeRefusal && isCaptureRefused(error)) return false;
    throw error;
  }
}

/** Lets the authorised money go, and lets nobody pay any more. */
export async function cancelIntent(id: string): Promise<void> {
  await ask((stripe) => stripe.paymentIntents.cancel(id, {}, atTheBank()));
}

/** Gives all the money back. Stripe refuses to give back more than it took, so that asking twice is safe. */
export async function refundIntent(id: string): Promise<void> {
  await ask((stripe) => stripe.refunds.create({ payment_intent: id }, atTheBank()));
}

/** The intents of the refunds made since then, by whomever. */
export function refundedSince(time: Date): Promise<string[]> {
  const created = { gte: Math.floor(time.getTime() / 1000) };
  return ask(async (stripe) => {
    const intents = new Set<string>();
    for await (const { payment_intent: intent } of stripe.refunds.list({ created, limit: 100 })) {
      if (intent) intents.add(idOf(intent));
    }
    return [...intents];
  });
}

export function idOf(reference: string | { readonly id: string }): string {
  return typeof reference === 'string' ? reference : reference.id;
}

function describe(intent: Stripe.PaymentIntent): Intent {
  const { id, status, latest_charge: charge, payment_method: method, last_payment_error: failure } = intent;
  const card = (isExpanded(method) ? method : failure?.payment_method)?.card;
  return {
    id,
    status,
    isRefunded: status === 'succeeded' && isExpanded(charge) && charge.refunded,
    wasDeclined: status === 'requires_payment_method' && Boolean(failure),
    last4: card?.last4,
  };
}

function isExpanded<T extends object>(reference: string | T | null | undefined): reference is T {
  return typeof reference === 'object' && reference !== null;
}

function readRefusal(error: unknown): Confirmation {
  if (!(error instanceof StripeRefusal)) throw error;
  if (error.isByCard) return { kind: 'declined', declineCode: error.declineCode ?? error.code };
  if (error.code === 'payment_intent_unexpected_state') return { kind: 'changed' };
  throw error;
}

function isCaptureRefused(error: StripeRefusal): boolean {
  return error.isByCard || EXPIRED_AUTHORISATION.includes(error.code ?? '');
}
