import { currentUserOf, id, requireAuth, validateRequest } from '@ticketing/common';
import { Router } from 'express';
import type { PaymentDocument } from '../models/payment';
import { findPayment } from '../operations/change-payment';

export const listPayments = Router().get(
  '/api/payments',
  requireAuth,
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
