import express, { Router } from 'express';
import { noticeChange } from '../operations/notice-change';
import { readWebhook } from '../stripe/webhook-events';

/** Stripe tells what happened, perhaps twice, late or never: a hint to look, and nothing more. */
export const stripeWebhook = Router().post(
  '/api/payments/webhook',
  express.raw({ type: 'application/json' }),
  async (req, res) => {
    const news = readWebhook(req.body, req.get('stripe-signature'));
    if (news) await noticeChange(news);
    res.send({ received: true });
  },
);
