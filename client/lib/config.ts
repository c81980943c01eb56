import { parseUrl } from './parse-url';

/** What the server side of the shop is told by its environment. The browser gets what a page hands it as props. */
export interface Config {
  serviceUrls: Record<Service, string>;
  cardEntry: CardEntry;
  /** Where browsers reach the shop: https://ticketing.dev. */
  publicOrigin: string;
  development: boolean;
}

export type Service = 'auth' | 'tickets' | 'orders' | 'payments';

/**
 * How a card is entered: by numbers made for tests, by Stripe's own form, or not at all. The bank of the test cards is a
 * page of Stripe's stand-in, below this origin.
 */
export type CardEntry =
  { kind: 'test'; bank: string | null } | { kind: 'stripe'; publishableKey: string } | { kind: 'none' };

type Environment = Readonly<Record<string, string | undefined>>;

let config: Config | undefined;

/** Read when it is first asked for: a build has no settings and needs none. */
export function getConfig(): Config {
  config ??= readConfig(process.env);
  return config;
}

export function readConfig(environment: Environment): Config {
  const faults: string[] = [];
  const serviceUrl = (service: Service) => readServiceUrl(environment, service, faults);
  const result = {
    serviceUrls: {
      auth: serviceUrl('auth'),
      tickets: serviceUrl('tickets'),
      orders: serviceUrl('orders'),
      payments: serviceUrl('payments'),
    },
    cardEntry: readCardEntry(environment, faults),
    publicOrigin: readPublicOrigin(environment, faults),
    development: environment.NODE_ENV === 'development',
  };
  if (faults.length > 0) throw new Error(`The client's settings are wrong:\n- ${[...new Set(faults)].join('\n- ')}`);
  return result;
}

function readServiceUrl(environment: Environment, service: Service, faults: string[]): string {
  const name = `${service.toUpperCase()}_URL`;
  const setting = environment[name] ? name : 'GATEWAY_URL';
  const value = environment[setting];
  if (!value) faults.push(`${name} is missing (GATEWAY_URL can stand for all services)`);
  else if (!/^https?:$/.test(parseUrl(value)?.protocol ?? '')) faults.push(`${setting} is not an http(s) address`);
  return value ?? '';
}

/** The services take the same setting for the origins that browsers may call them from; the first one is the shop's. */
function readPublicOrigin(environment: Environment, faults: string[]): string {
  const [first = ''] = (environment.PUBLIC_ORIGIN ?? 'https://ticketing.dev').split(',');
  const origin = first.trim();
  if (parseUrl(origin)?.origin !== origin) faults.push('PUBLIC_ORIGIN is no origin such as https://ticketing.dev');
  return origin;
}

function readCardEntry(environment: Environment, faults: string[]): CardEntry {
  const testForm = environment.PAYMENTS_TEST_FORM ?? 'false';
  if (testForm !== 'true' && testForm !== 'false') faults.push('PAYMENTS_TEST_FORM is neither true nor false');
  const bank = environment.PAYMENTS_TEST_BANK ?? null;
  if (bank !== null && parseUrl(bank)?.origin !== bank) {
    faults.push('PAYMENTS_TEST_BANK is no origin such as http://127.0.0.1:4242');
  }
  const publishableKey = environment.STRIPE_PUBLISHABLE_KEY;
  if (testForm === 'true' && publishableKey) {
    faults.push(
      'PAYMENTS_TEST_FORM and STRIPE_PUBLISHABLE_KEY are both set: a shop takes either test cards or real ones',
    );
  }
  if (testForm === 'true') return { kind: 'test', bank };
  return publishableKey ? { kind: 'stripe', publishableKey } : { kind: 'none' };
}
