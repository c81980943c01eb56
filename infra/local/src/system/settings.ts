export const serviceNames = ['auth', 'tickets', 'orders', 'payments', 'expiration'] as const;
export type ServiceName = (typeof serviceNames)[number];

export type Settings = Readonly<Record<string, string>>;

/** Where the parts of one run are reached. */
export interface Addresses {
  readonly gateway: string;
  /** A server; each service has a database of its own on it. */
  readonly mongodb: string;
  readonly nats: string;
  readonly natsCluster: string;
  readonly natsMonitor: string | undefined;
  readonly redis: string;
  /** The stand-in; undefined when payments go to Stripe itself. */
  readonly stripe: string | undefined;
}

export interface Secrets {
  readonly jwtKey: string;
  readonly webhookSecret: string;
}

/** What a person may decide by the environment: it goes to the services as it is. */
const DECIDED_BY_PEOPLE = [
  'LOG_LEVEL',
  'JWT_KEY',
  'EXPIRATION_WINDOW_SECONDS',
  'STRIPE_KEY',
  'STRIPE_API_URL',
  'STRIPE_WEBHOOK_SECRET',
];

/** The settings of a service in the local run. */
export function serviceSettings(
  name: ServiceName,
  port: number,
  addresses: Addresses,
  secrets: Secrets,
  given: Settings,
): Settings {
  return {
    NODE_ENV: 'development',
    // Or the whole network could go round the gateway.
    HOST: '127.0.0.1',
    JWT_KEY: secrets.jwtKey,
    PUBLIC_ORIGIN: originsOf(addresses.gateway),
    COOKIE_SECURE: 'false',
    TRUST_PROXY_HOPS: '1',
    MONGO_URI: databaseUri(addresses.mongodb, name),
    NATS_URL: addresses.nats,
    NATS_CLUSTER_ID: addresses.natsCluster,
    ...(addresses.natsMonitor && { NATS_MONITOR_URL: addresses.natsMonitor }),
    REDIS_URL: addresses.redis,
    // Stripe can't reach this machine: a person who has set up forwarding gives the secret that belongs to it.
    STRIPE_WEBHOOK_SECRET: secrets.webhookSecret,
    ...pick(given, DECIDED_BY_PEOPLE),
    ...(addresses.stripe && standInSettings(addresses.stripe, secrets)),
    PORT: String(port),
  };
}

export function clientSettings(port: number, { gateway, stripe }: Addresses, given: Settings): Settings {
  return {
    PORT: String(port),
    GATEWAY_URL: gateway,
    PUBLIC_ORIGIN: originsOf(gateway),
    PAYMENTS_TEST_FORM: String(stripe !== undefined),
    // The stand-in knows no token of a real account's form, and the client takes one kind of card only.
    ...(stripe ? { PAYMENTS_TEST_BANK: new URL(stripe).origin } : pick(given, ['STRIPE_PUBLISHABLE_KEY'])),
    NEXT_TELEMETRY_DISABLED: '1',
    ...pick(given, ['LOG_LEVEL']),
  };
}

export function standInProcessSettings(
  port: number,
  folder: string,
  gateway: string,
  { webhookSecret }: Secrets,
  given: Settings,
): Settings {
  return {
    PORT: String(port),
    NODE_ENV: 'development',
    STRIPE_STAND_IN_FOLDER: folder,
    STRIPE_WEBHOOK_URL: `${gateway}/api/payments/webhook`,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    ...pick(given, ['LOG_LEVEL']),
  };
}

function standInSettings(url: string, { webhookSecret }: Secrets): Settings {
  return { STRIPE_API_URL: url, STRIPE_KEY: 'sk_test_stand_in', STRIPE_WEBHOOK_SECRET: webhookSecret };
}

/** Without these two options a killed MongoDB forgets writes that it had acknowledged. */
export function databaseUri(server: string, database: string): string {
  const [address = '', query = ''] = server.split('?');
  const host = address.replace(/(?<=^[^/]+\/\/[^/]+)\/.*$/, '');
  const options = new URLSearchParams(query);
  options.set('w', 'majority');
  options.set('journal', 'true');
  return `${host}/${database}?${options.toString()}`;
}

/** A browser may have been told either name. */
function originsOf(gateway: string): string {
  const { port } = new URL(gateway);
  return ['localhost', '127.0.0.1'].map((host) => new URL(`http://${host}:${port || 80}`).origin).join(',');
}

function pick(settings: Settings, names: readonly string[]): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => names.includes(name)));
}
