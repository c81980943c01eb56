import { z } from 'zod';

/** Settings that services share; a service's `config.ts` picks those it needs and adds its own. */

export const serviceSettings = {
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(3000)
    .describe('Port that the service listens on; 0 takes a free one'),
  HOST: z.string().optional().describe('Address that the service listens on; by default all that the machine has'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('How much is logged'),
  NODE_ENV: z
    .enum(['production', 'development', 'test'])
    .default('production')
    .describe('What unsafe things are refused: everything in production'),
};

const origins = z
  .string()
  .transform((list) => list.split(',').map((origin) => origin.trim()))
  .pipe(
    z.array(z.url().refine((text) => new URL(text).origin === text, 'an origin has no path: https://ticketing.dev')),
  );

export const httpSettings = {
  JWT_KEY: z
    .string()
    .refine((key) => Buffer.byteLength(key) >= 32, 'needs at least 32 bytes')
    .meta({ secret: true })
    .describe('Key that signs and verifies the sessions, at least 32 bytes, the same in all services'),
  PUBLIC_ORIGIN: origins
    .default(['https://ticketing.dev'])
    .describe(
      'Origins from which browsers may change state, separated by commas; the first is the address of the shop',
    ),
  COOKIE_SECURE: z.stringbool().default(true).describe('Whether the session cookie travels over HTTPS only'),
  TRUST_PROXY_HOPS: z.coerce.number().int().min(0).default(1).describe('How many proxies stand before the service'),
};

export const mongoSettings = {
  MONGO_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'starts with mongodb:// or mongodb+srv://')
    .refine(isDurable, 'must carry w=majority and journal=true: without them a killed mongod loses acknowledged writes')
    .meta({ secret: true })
    .describe(
      'Address of its own database, with `w=majority&journal=true`; `connectTimeoutMS` (1000) and `timeoutMS` (5000) limit its silence and an operation',
    ),
};

export const natsSettings = {
  NATS_URL: z
    .url({ protocol: /^(nats|tls)$/ })
    .meta({ secret: true })
    .describe('Address of NATS Streaming: nats://host:4222'),
  NATS_CLUSTER_ID: z
    .string()
    .regex(/^[\w-]+$/, 'letters, digits, - and _ only')
    .default('ticketing')
    .describe('Cluster id of NATS Streaming'),
  NATS_CLIENT_ID: z
    .string()
    .regex(/^[\w-]+$/, 'letters, digits, - and _ only')
    .optional()
    .describe(
      'Unique name of this process at the broker, in a cluster the pod name; by default service, host and process id',
    ),
  NATS_MONITOR_URL: z
    .url()
    .optional()
    .describe("Monitoring address of NATS Streaming, for the metric of the consumers' lag"),
};

function isDurable(uri: string): boolean {
  const options = new URLSearchParams(uri.split('?')[1] ?? '');
  return options.get('w') === 'majority' && options.get('journal') === 'true';
}
