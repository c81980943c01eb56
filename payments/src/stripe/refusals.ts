import type Stripe from 'stripe';

type StripeError = InstanceType<typeof Stripe.errors.StripeError>;

/** Stripe's no, with as much of it as may be logged: neither the token nor the client secret that it came with. */
export class StripeRefusal extends Error {
  override readonly name: string = 'StripeRefusal';
  readonly code: string | undefined;
  readonly declineCode: string | undefined;
  readonly statusCode: number | undefined;
  /** Under which id Stripe knows more. */
  readonly requestId: string | undefined;

  constructor({ type, code, decline_code: declineCode, statusCode, requestId }: StripeError) {
    super(`Stripe refused: ${code ?? type}`);
    this.code = code;
    this.declineCode = declineCode;
    this.statusCode = statusCode;
    this.requestId = requestId;
  }

  /** The card was refused, rather than our request. */
  get isByCard(): boolean {
    return this.statusCode === 402;
  }
}

/** What was asked for does not fit the intent's state: it changed since it was looked at. */
export class IntentChangedError extends StripeRefusal {
  override readonly name = 'IntentChangedError';
}
