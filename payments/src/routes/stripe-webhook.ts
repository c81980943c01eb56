import express, { Router } from 'express';
import { receiveStripeEvent } from '../operations/receive-stripe-event';
import { readWebhook } from '../stripe/webhook-events';

/** Stripe tells what happened, perhaps twice, late or never: a hint to look, and nothing more. */
export const stripeWebhook = Router().post(
  '/api/payments/webhook',
  express.raw({ type: 'application/json' }),
  async (req, res) => {
    const event = readWebhook(req.body, req.get('stripe-signature'));
    if (event) await receiveStripeEvent(event);
    res.send({ received: true });
  },
);
