import { route, usualMessage } from '@ticketing/common';
import express from 'express';
import { z } from 'zod';
import { receiveStripeEvent } from '../operations/receive-stripe-event';
import { notSigned, readWebhook } from '../stripe/webhook-events';

const { malformed_json, body_too_large, unsupported_media_type } = usualMessage;

/** Stripe tells what happened, perhaps twice, late or never: a hint to look, and nothing more. */
export const stripeWebhook = route(
  {
    method: 'post',
    path: '/api/payments/webhook',
    id: 'receiveStripeEvent',
    summary: 'Hears from Stripe',
    description: 'What is not known is taken note of.',
    who: 'webhook',
    headers: z.object({
      'Stripe-Signature': z
        .string()
        .describe('Signs the raw body, with the secret of the webhook.')
        .meta({ example: 't=1700000000,v1=5257a869e7' }),
    }),
    body: z
      .looseObject({ id: z.string(), type: z.string() })
      .meta({ example: { id: 'evt_1', type: 'balance.available' } }),
    answers: { 200: { description: 'Heard.', body: z.object({ received: z.literal(true) }) } },
    errors: { validation_failed: notSigned, malformed_json, body_too_large, unsupported_media_type },
  },
  express.raw({ type: 'application/json' }),
  async (req, res) => {
    const event = readWebhook(req.body, req.get('stripe-signature'));
    if (event) await receiveStripeEvent(event);
    res.send({ received: true });
  },
);
