import { crashPoint, type OrderStatus } from '@ticketing/common';
import type { Types } from 'mongoose';
import type { PaymentDocument } from '../models/payment';
import { cancelIntent, captureIntent, findIntent, refundIntent, retrieveIntent, type Intent } from '../stripe/intents';
import { IntentChangedError } from '../stripe/refusals';
import { changePayment } from './change-payment';

/**
 * Brings the money of an order to where its order wants it. This alone decides about money: it compares the order with
 * the intent as Stripe tells it, does the one step that is missing, and records it. Whatever happened before, and
 * however often it runs, it ends in the same state; what it can't do now stays unsettled and is tried again.
 */
export async function settle(orderId: string | Types.ObjectId): Promise<PaymentDocument> {
  try {
    return await settleOnce(orderId);
  } catch (error) {
    if (error instanceof IntentChangedError) return settleOnce(orderId);
    throw error;
  }
}

async function settleOnce(orderId: string | Types.ObjectId): Promise<PaymentDocument> {
  const { payment } = await changePayment(orderId, async (latest) => {
    const intent = await lookUpIntent(latest);
    await decisions[latest.order.status](latest, intent);
  });
  return payment;
}

type Decision = (payment: PaymentDocument, intent: Intent | undefined) => void | Promise<void>;

const decisions: Record<OrderStatus, Decision> = { created: awaitMoney, complete: takeMoney, cancelled: returnMoney };

/** A complete order has an intent; if it is not known here, it was known before something was lost. */
async function lookUpIntent(payment: PaymentDocument): Promise<Intent | undefined> {
  if (!payment.stripeId && payment.order.status === 'complete') {
    const lost = await findIntent(payment.orderId.toHexString());
    if (lost) payment.begin(lost);
  }
  return payment.stripeId ? retrieveIntent(payment.stripeId) : undefined;
}

/** The order is open: once the money is there, say so. */
function awaitMoney(payment: PaymentDocument, intent: Intent | undefined): void {
  if (!intent) return payment.markSettled();
  if (intent.isRefunded) return payment.refund();
  if (holdsMoney(intent)) return payment.authorise(intent.last4);
  if (intent.status === 'canceled') return payment.fail('authorisation_lost');
  return intent.wasDeclined ? payment.decline(intent.last4) : payment.waitForBuyer();
}

/** The order is complete: its money has to be with us. Once it failed, only the end of the order is waited for. */
async function takeMoney(payment: PaymentDocument, intent: Intent | undefined): Promise<void> {
  if (payment.reason) return payment.postpone();
  if (!intent || !holdsMoney(intent)) return payment.fail('authorisation_lost');
  if (intent.isRefunded) return payment.refund();
  if (intent.status === 'requires_capture') return capture(payment, intent);
  return payment.refundRequested ? refund(payment, intent) : payment.capture();
}

/** The order is cancelled: no money may be with us, or held for us. */
async function returnMoney(payment: PaymentDocument, intent: Intent | undefined): Promise<void> {
  if (!intent) return payment.markSettled();
  if (intent.status === 'succeeded') return refund(payment, intent);
  if (intent.status !== 'canceled') await cancelIntent(intent.id);
  crashPoint('authorisation voided, not yet recorded');
  payment.cancel();
}

async function capture(payment: PaymentDocument, intent: Intent): Promise<void> {
  if (await captureIntent(intent.id)) {
    crashPoint('money captured, not yet recorded');
    payment.capture();
  } else {
    crashPoint('capture refused, not yet recorded');
    payment.fail('capture_refused');
  }
}

async function refund(payment: PaymentDocument, intent: Intent): Promise<void> {
  if (!intent.isRefunded) await refundIntent(intent.id);
  crashPoint('money refunded, not yet recorded');
  payment.refund();
}

/** Authorised, or captured already. */
function holdsMoney({ status }: Intent): boolean {
  return status === 'requires_capture' || status === 'succeeded';
}
