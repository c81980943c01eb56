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

/** An event of Stripe's, as far as it is looked at. */
export interface WebhookEvent {
  readonly id: string;
  readonly type: string;
  /** Stripe's id of what it is about. */
  readonly about: string | undefined;
  /** Absent when it says nothing that matters here. */
  readonly news: News | undefined;
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
 * @throws BadRequestError when it is not signed by Stripe
 */
export function readWebhook(body: unknown, signature: string | undefined): WebhookEvent {
  const { id, type, data } = verify(body, signature);
  const object = data.object as About;
  const status = statusAfter.get(type);
  const stripeId = intentOf(object);
  return { id, type, about: object.id, news: status && stripeId ? { stripeId, status } : undefined };
}

interface About {
  /** What is not kept at Stripe, a balance for example, has none. */
  readonly id?: string;
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
