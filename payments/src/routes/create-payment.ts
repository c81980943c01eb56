import { currentUserOf, id, requireAuth, text, validateRequest } from '@ticketing/common';
import { Router } from 'express';
import { authorisePayment } from '../operations/authorise-payment';

interface Body {
  readonly orderId: string;
  readonly token: string;
}

const MAX_TOKEN_LENGTH = 255;

export const createPayment = Router().post(
  '/api/payments',
  requireAuth,
  id('orderId'),
  text('token', { max: MAX_TOKEN_LENGTH }),
  validateRequest,
  async (req, res) => {
    const { orderId, token } = req.body as Body;
    const { payment, isNew } = await authorisePayment({ orderId, token, userId: currentUserOf(req).id });
    res.status(isNew ? 201 : 200).send({ id: payment.id as string, status: payment.status });
  },
);
