import { defineConfig, httpSettings, mongoSettings, natsSettings, serviceSettings } from '@ticketing/common';
import { z } from 'zod';

const secret = z.string().min(1).meta({ secret: true });

export const config = defineConfig(
  {
    ...serviceSettings,
    ...httpSettings,
    ...mongoSettings,
    ...natsSettings,
    STRIPE_KEY: secret.describe("The secret key of the shop's Stripe account: sk_…"),
    STRIPE_WEBHOOK_SECRET: secret.describe("Verifies that a webhook is Stripe's: whsec_…"),
    STRIPE_API_URL: z
      .url()
      .optional()
      .describe('Where a stand-in for Stripe answers; by default Stripe itself is asked'),
  },
  ({ NODE_ENV, STRIPE_API_URL }) =>
    NODE_ENV === 'production' && STRIPE_API_URL
      ? ['STRIPE_API_URL is set: in production payments go to Stripe itself (NODE_ENV is "production")']
      : [],
);
