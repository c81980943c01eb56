import { defineConfig, serviceSettings } from '@ticketing/common';
import { z } from 'zod';

/** The settings of the stand-in as a process of its own. */
export const config = defineConfig(
  {
    ...serviceSettings,
    STRIPE_STAND_IN_FOLDER: z.string().min(1).describe('Folder in which the stand-in keeps its books'),
    STRIPE_WEBHOOK_URL: z.url().optional().describe('Address that is told by webhook what happens; nobody by default'),
    STRIPE_WEBHOOK_SECRET: z.string().min(1).optional().meta({ secret: true }).describe('Signs the webhooks'),
  },
  ({ STRIPE_WEBHOOK_URL: url, STRIPE_WEBHOOK_SECRET: secret }) =>
    url && !secret ? ['STRIPE_WEBHOOK_SECRET is not set: webhooks are always signed'] : [],
);
