import { defineConfig, httpSettings, mongoSettings, natsSettings, serviceSettings } from '@ticketing/common';
import { z } from 'zod';

export const config = defineConfig({
  ...serviceSettings,
  ...httpSettings,
  ...mongoSettings,
  ...natsSettings,
  EXPIRATION_WINDOW_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .default(900)
    .describe('How long a reservation lasts, in seconds'),
});
