import { BadRequestError } from '@ticketing/common';
import Stripe from 'stripe';
import { z } from 'zod';
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

const aboutSchema = z.looseObject({
  // What is not kept at Stripe, a balance for example, has none.
  id: z.string().optional(),
  object: z.string().optional(),
  payment_intent: z.union([z.string(), z.looseObject({ id: z.string() })]).nullish(),
});
type About = z.infer<typeof aboutSchema>;

const eventSchema = z.looseObject({ id: z.string(), type: z.string(), data: z.looseObject({ object: aboutSchema }) });

/**
 * Reads a webhook, and checks that it is Stripe's.
 * @returns undefined when it is none of Stripe's events as we know them: to refuse it would have it repeated for days
 * @throws BadRequestError when it is not signed by Stripe
 */
export function readWebhook(body: unknown, signature: string | undefined): WebhookEvent | undefined {
  const event = eventSchema.safeParse(verify(body, signature)).data;
  if (!event) return undefined;
  const { id, type, data } = event;
  const status = statusAfter.get(type);
  const stripeId = intentOf(data.object);
  return { id, type, about: data.object.id, news: status && stripeId ? { stripeId, status } : undefined };
}

function intentOf({ id, object, payment_intent: intent }: About): string | undefined {
  if (object === 'payment_intent') return id;
  return intent ? idOf(intent) : undefined;
}

export const notSigned = "This is not signed with Stripe's secret for this endpoint";

function verify(body: unknown, signature = ''): unknown {
  try {
    return Stripe.webhooks.constructEvent(body as Buffer, signature, config.value.STRIPE_WEBHOOK_SECRET);
  } catch {
    throw new BadRequestError('validation_failed', notSigned);
  }
}
