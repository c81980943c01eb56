import { CommandError, crashPoint, NotFoundError } from '@ticketing/common';
import type { PaymentDocument } from '../models/payment';
import { changePayment } from './change-payment';
import { settle } from './settle';

const USAGE = 'usage: refund <order id>';

/**
 * The operator's command: gives the buyer of a paid order all the money back, which cancels the order. The wish is
 * written down first, so that the service fulfils it if this process can't.
 * @returns what to print. @throws CommandError when there is nothing to give back
 */
export async function refundOrder([orderId, ...rest]: string[]): Promise<string> {
  if (!orderId || !/^[\da-f]{24}$/i.test(orderId) || rest.length > 0) throw new CommandError(USAGE);
  const { payment } = await requestRefund(orderId);
  if (payment.status === 'refunded') return `${orderId}: ${dollars(payment)} went back before.`;
  crashPoint('refund requested, not yet made');
  return fulfil(payment);
}

async function requestRefund(orderId: string) {
  try {
    return await changePayment(orderId, (payment) => {
      if (payment.status === 'refunded') return;
      if (payment.status !== 'captured') throw nothingTaken(orderId, payment);
      payment.requestRefund();
    });
  } catch (error) {
    if (error instanceof NotFoundError) throw new CommandError(`${orderId}: there is no such order`);
    throw error;
  }
}

async function fulfil(payment: PaymentDocument): Promise<string> {
  const orderId = payment.orderId.toHexString();
  try {
    await settle(orderId);
    return `${orderId}: ${dollars(payment)} went back; the order will be cancelled.`;
  } catch (error) {
    const reason = (error as Error).message;
    return `${orderId}: ${dollars(payment)} will go back as soon as Stripe agrees (now: ${reason}).`;
  }
}

function nothingTaken(orderId: string, { status }: PaymentDocument): CommandError {
  return new CommandError(
    `${orderId}: no money was taken, so there is none to give back (${status ?? 'nobody tried to pay'})`,
  );
}

function dollars({ amount }: PaymentDocument): string {
  return `$${(amount / 100).toFixed(2)}`;
}
