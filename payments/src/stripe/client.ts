import { ServiceUnavailableError } from '@ticketing/common';
import Stripe from 'stripe';
import { config } from '../config';
import { IntentChangedError, StripeRefusal } from './refusals';

/**
 * Milliseconds. One request to pay asks Stripe up to five times; `answer` bounds what the buyer waits for all of it.
 * The client never repeats a request by itself beyond a connection that was closed under it, which it does under the
 * same idempotency key: what went wrong is repeated by the buyer, or by a sweep that looks first at what happened.
 */
export const limits = { quick: 5000, atTheBank: 15_000, answer: 18_000 };

let client: Stripe | undefined;
let reachable = true;

export function stripe(): Stripe {
  client ??= connect(config.value);
  return client;
}

/** Whether Stripe answered when it was last asked. */
export function stripeState(): 'up' | 'down' {
  return reachable ? 'up' : 'down';
}

export function disconnectStripe(): void {
  client = undefined;
}

/**
 * Asks Stripe.
 * @throws ServiceUnavailableError `payment_outcome_unknown` when there is no answer, or none that says what happened;
 * StripeRefusal when the answer is no. Stripe's own errors go no further than this: they carry client secrets.
 */
export async function ask<T>(question: (stripe: Stripe) => Promise<T>): Promise<T> {
  try {
    const answer = await question(stripe());
    reachable = true;
    return answer;
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    reachable = !isWithoutAnswer(error);
    throw translate(error);
  }
}

function connect({ STRIPE_KEY, STRIPE_API_URL }: typeof config.value): Stripe {
  const options = { telemetry: false, maxNetworkRetries: 0, timeout: limits.quick };
  if (!STRIPE_API_URL) return new Stripe(STRIPE_KEY, options);
  const { protocol, hostname, port } = new URL(STRIPE_API_URL);
  const secure = protocol === 'https:';
  const address = { host: hostname, port: port || (secure ? 443 : 80), protocol: secure ? 'https' : 'http' } as const;
  return new Stripe(STRIPE_KEY, { ...options, ...address });
}

function translate(error: InstanceType<typeof Stripe.errors.StripeError>): Error {
  if (isWithoutAnswer(error)) return outcomeUnknown();
  const isChanged = error.code === 'payment_intent_unexpected_state' || error.code === 'charge_already_refunded';
  return isChanged ? new IntentChangedError(error) : new StripeRefusal(error);
}

export const notAnswered = 'The bank has not answered yet; ask again in a moment';

export function outcomeUnknown(): ServiceUnavailableError {
  return new ServiceUnavailableError('payment_outcome_unknown', notAnswered);
}

/** No connection, too busy, or another request for the same thing under way. */
function isWithoutAnswer({ statusCode = 0 }: { statusCode?: number | undefined }): boolean {
  return statusCode === 0 || statusCode === 409 || statusCode === 429 || statusCode >= 500;
}
