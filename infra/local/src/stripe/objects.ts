import { randomBytes } from 'node:crypto';
import type Stripe from 'stripe';

/** What the stand-in knows, in Stripe's own words: the fields of Stripe's objects that it fills, with Stripe's types. */

export type PaymentMethod = Pick<Stripe.PaymentMethod, 'id' | 'object' | 'type' | 'created' | 'livemode'> & {
  card: { brand: string; last4: string; exp_month: number; exp_year: number };
};

export type PaymentIntent = Pick<
  Stripe.PaymentIntent,
  | 'id'
  | 'object'
  | 'amount'
  | 'amount_capturable'
  | 'amount_received'
  | 'canceled_at'
  | 'cancellation_reason'
  | 'capture_method'
  | 'client_secret'
  | 'confirmation_method'
  | 'created'
  | 'currency'
  | 'livemode'
  | 'metadata'
  | 'next_action'
  | 'payment_method_types'
  | 'status'
> & {
  last_payment_error: ErrorBody | null;
  latest_charge: string | null;
  payment_method: string | null;
};

export type Charge = Pick<
  Stripe.Charge,
  | 'id'
  | 'object'
  | 'amount'
  | 'amount_captured'
  | 'amount_refunded'
  | 'captured'
  | 'created'
  | 'currency'
  | 'failure_code'
  | 'failure_message'
  | 'livemode'
  | 'paid'
  | 'refunded'
  | 'status'
> & {
  payment_intent: string;
  payment_method: string;
};

export type Refund = Pick<
  Stripe.Refund,
  'id' | 'object' | 'amount' | 'created' | 'currency' | 'metadata' | 'reason' | 'status'
> & {
  charge: string;
  payment_intent: string;
};

/** The inner part of Stripe's error answer. */
export interface ErrorBody {
  readonly type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  readonly message: string;
  readonly code?: string;
  readonly decline_code?: string;
  readonly param?: string;
  readonly charge?: string;
  readonly payment_intent?: unknown;
  /** The card that was refused. */
  readonly payment_method?: PaymentMethod | undefined;
}

/** An id as Stripe makes them: `pi_` and 24 letters and digits. */
export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`;
}

/** Stripe counts time in whole seconds. */
export function now(): number {
  return Math.floor(Date.now() / 1000);
}
