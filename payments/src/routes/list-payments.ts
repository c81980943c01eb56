import {
  currentUserOf,
  id,
  idInput,
  paymentAnswer,
  route,
  usualMessage,
  validateRequest,
  wrongId,
} from '@ticketing/common';
import { z } from 'zod';
import { refusals, type PaymentDocument } from '../models/payment';
import { findPayment } from '../operations/change-payment';

export const listPayments = route(
  {
    method: 'get',
    path: '/api/payments',
    id: 'listPayments',
    summary: 'Lists the payments of an order',
    who: 'signed in',
    query: z.object({ orderId: idInput }),
    answers: { 200: { description: 'None before somebody tried to pay.', body: z.array(paymentAnswer) } },
    errors: {
      validation_failed: { ...wrongId, field: 'orderId' },
      not_found: usualMessage.not_found,
      forbidden: refusals.forbidden,
    },
  },
  id('orderId'),
  validateRequest,
  async (req, res) => {
    const { orderId } = req.query as { orderId: string };
    const payment = await findPayment(orderId);
    payment.assertBelongsTo(currentUserOf(req).id);
    res.send(payment.stripeId ? [show(payment)] : []);
  },
);

function show({ id, orderId, status, amount, currency, last4, startedAt: createdAt, version }: PaymentDocument) {
  return { id: id as string, orderId, status, amount, currency, last4, createdAt, version };
}
