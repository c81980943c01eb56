import { setTimeout as delay } from 'node:timers/promises';
import { crashPoint, log, PaymentDeclinedError, RequestValidationError, usualMessage } from '@ticketing/common';
import { refusals as ofOrder, type PaymentDocument } from '../models/payment';
import { limits, notAnswered, outcomeUnknown } from '../stripe/client';
import {
  confirmIntent,
  createIntent,
  createPaymentMethod,
  InvalidTokenError,
  type Confirmation,
} from '../stripe/intents';
import { changePayment } from './change-payment';
import { settleInTurn } from './settle-soon';

export interface PaymentRequest {
  readonly orderId: string;
  readonly userId: string;
  /** Stands for the buyer's card, once. */
  readonly token: string;
}

export interface Authorisation {
  readonly payment: PaymentDocument;
  /** False when the money was there already and the card was not asked. */
  readonly isNew: boolean;
}

/** Why there is no payment. */
export const refusals = {
  ...ofOrder,
  not_found: usualMessage.not_found,
  conflict: usualMessage.conflict,
  validation_failed: { message: 'Stripe does not take this token; make a new one', field: 'token' },
  card_declined: { message: 'The card was declined', declineCode: 'insufficient_funds' },
  authentication_required: { message: 'The bank wants to hear from you', clientSecret: 'pi_123_secret_456' },
  payment_outcome_unknown: notAnswered,
};

/** Has the buyer's bank authorise the price of the order, once, however often and in parallel it is asked for. */
export function authorisePayment(request: PaymentRequest): Promise<Authorisation> {
  return answerInTime(authoriseAlone(request));
}

/** After the limit the work goes on, and what comes of it is recorded: asking again finds it. */
async function answerInTime<T>(work: Promise<T>): Promise<T> {
  const timer = new AbortController();
  const limit = delay(limits.answer, undefined, { signal: timer.signal }).then(() => Promise.reject(outcomeUnknown()));
  try {
    return await Promise.race([work, limit]);
  } finally {
    timer.abort();
  }
}

async function authoriseAlone(request: PaymentRequest): Promise<Authorisation> {
  const { payment, result: claim } = await claimPayment(request);
  if (!claim) return { payment, isNew: false };
  crashPoint('payment claimed, Stripe not yet asked');
  try {
    const looked = payment.stripeId ? await settleInTurn(request.orderId) : payment;
    if (looked.isPaid()) return { payment: looked, isNew: false };
    looked.assertPayable();
    return { payment: await pay(looked, request), isNew: true };
  } finally {
    crashPoint('outcome noted, claim not yet released');
    await releaseClaim(request.orderId, claim);
  }
}

/** What came of the payment stands, whether or not this succeeds: a claim ends by itself. */
async function releaseClaim(orderId: string, claim: string): Promise<void> {
  try {
    await changePayment(orderId, (payment) => payment.release(claim));
  } catch (error) {
    log.warn({ orderId, error }, 'the claim on a payment could not be released and will run out');
  }
}

/** @returns no claim when the order is paid already */
function claimPayment({ orderId, userId }: PaymentRequest) {
  return changePayment(orderId, (payment) => {
    payment.assertBelongsTo(userId);
    if (payment.isPaid()) return undefined;
    // An intent may hold money that nobody noted down yet, so it is looked at before the clock is.
    if (payment.stripeId) payment.assertOpen();
    else payment.assertPayable();
    return payment.claimForRequest();
  });
}

async function pay(payment: PaymentDocument, { orderId, token }: PaymentRequest): Promise<PaymentDocument> {
  const stripeId = payment.stripeId ?? (await beginPayment(payment, orderId));
  crashPoint('intent noted, not yet confirmed');
  const card = await readCard(token);
  crashPoint('token used up, its card not yet charged');
  const confirmation = await confirmIntent(stripeId, card);
  crashPoint('intent confirmed, outcome not yet noted');
  const settled = await settleInTurn(orderId);
  if (settled.isPaid()) return settled;
  throw reasonOf(confirmation, settled);
}

/** Until its id is saved, nothing is asked of an intent that could move money. */
async function beginPayment({ amount, currency }: PaymentDocument, orderId: string): Promise<string> {
  const stripeId = await createIntent(orderId, amount, currency);
  crashPoint('intent created, not yet noted');
  const { payment } = await changePayment(orderId, (latest) => latest.begin(stripeId));
  payment.assertPayable();
  return stripeId;
}

async function readCard(token: string): Promise<string> {
  try {
    return await createPaymentMethod(token);
  } catch (error) {
    if (!(error instanceof InvalidTokenError)) throw error;
    throw new RequestValidationError([refusals.validation_failed]);
  }
}

/** Why there is no money after all. */
function reasonOf(confirmation: Confirmation, payment: PaymentDocument): Error {
  payment.assertOpen();
  switch (confirmation.kind) {
    case 'declined':
      return new PaymentDeclinedError('card_declined', refusals.card_declined.message, confirmation);
    case 'authentication required':
      return new PaymentDeclinedError(
        'authentication_required',
        refusals.authentication_required.message,
        confirmation,
      );
    case 'confirmed':
    case 'changed':
      return outcomeUnknown();
  }
}
