import { BadRequestError } from '@ticketing/common';
import Stripe from 'stripe';
import { config } from '../config';
import type { PaymentStatus } from '../models/payment';
import { idOf } from './intents';

/** Something happened to an intent at Stripe. */
export interface News {
  readonly stripeId: string;
  /** What its payment becomes by that; one that is so already has nothing to learn. */
  readonly status: PaymentStatus;
}

/** What of Stripe's news matters here, and what a payment becomes by it. */
const statusAfter = new Map<string, PaymentStatus>([
  ['payment_intent.amount_capturable_updated', 'authorised'],
  ['payment_intent.canceled', 'cancelled'],
  ['payment_intent.payment_failed', 'declined'],
  ['payment_intent.succeeded', 'captured'],
  ['charge.refunded', 'refunded'],
]);

/**
 * Reads a webhook, and checks that it is Stripe's.
 * @returns undefined when it is about nothing that matters here
 * @throws BadRequestError when it is not signed by Stripe
 */
export function readWebhook(body: unknown, signature: string | undefined): News | undefined {
  const event = verify(body, signature);
  const status = statusAfter.get(event.type);
  const stripeId = intentOf(event.data.object as About);
  return status && stripeId ? { stripeId, status } : undefined;
}

interface About {
  readonly id: string;
  readonly object: string;
  readonly payment_intent?: string | { readonly id: string } | null;
}

function intentOf({ id, object, payment_intent: intent }: About): string | undefined {
  if (object === 'payment_intent') return id;
  return intent ? idOf(intent) : undefined;
}

function verify(body: unknown, signature = ''): Stripe.Event {
  try {
    return Stripe.webhooks.constructEvent(body as Buffer, signature, config.value.STRIPE_WEBHOOK_SECRET);
  } catch {
    throw new BadRequestError('validation_failed', "This is not signed with Stripe's secret for this endpoint");
  }
}
