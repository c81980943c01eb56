import { defineConfig, natsSettings, serviceSettings } from '@ticketing/common';
import { z } from 'zod';

const neither =
  'REDIS_URL or REDIS_HOST is not set: where the timers are kept, as redis://host:6379 or as a name alone';

export const config = defineConfig(
  {
    ...serviceSettings,
    ...natsSettings,
    REDIS_URL: z
      .url({ protocol: /^rediss?$/ })
      .optional()
      .meta({ secret: true })
      .describe('Address of Redis: redis://host:6379, or rediss:// for TLS'),
    REDIS_HOST: z.string().optional().describe('Host name of Redis, where REDIS_URL is not set'),
  },
  ({ REDIS_URL, REDIS_HOST }) => ((REDIS_URL ?? REDIS_HOST) ? [] : [neither]),
);

export function redisUrl(): string {
  return config.value.REDIS_URL ?? `redis://${config.value.REDIS_HOST}:6379`;
}
