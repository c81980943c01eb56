import { z } from 'zod';
import { ConfigError, defineConfig, httpSettings, mongoSettings, natsSettings, serviceSettings } from '../../src';

const whole = () => defineConfig({ ...serviceSettings, ...httpSettings, ...mongoSettings, ...natsSettings });
const good = {
  JWT_KEY: 'x'.repeat(32),
  MONGO_URI: 'mongodb://localhost/orders?w=majority&journal=true',
  NATS_URL: 'nats://localhost:4222',
};

function faultsOf(environment: Record<string, string | undefined>): readonly string[] {
  try {
    whole().load(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

test('what is needed is enough: the rest has the defaults of the contract', () => {
  expect(whole().load(good)).toMatchObject({
    PORT: 3000,
    LOG_LEVEL: 'info',
    NODE_ENV: 'production',
    PUBLIC_ORIGIN: ['https://ticketing.dev'],
    COOKIE_SECURE: true,
    TRUST_PROXY_HOPS: 1,
    NATS_CLUSTER_ID: 'ticketing',
  });
});

test('an empty environment: every missing key is named at once, with what it is for', () => {
  expect(faultsOf({}).map((fault) => fault.split(' ')[0])).toEqual(['JWT_KEY', 'MONGO_URI', 'NATS_URL']);
});

test.each([
  ['PORT', '70000'],
  ['LOG_LEVEL', 'loud'],
  ['PUBLIC_ORIGIN', 'https://ticketing.dev/shop'],
  ['COOKIE_SECURE', 'perhaps'],
  ['NATS_CLIENT_ID', 'orders 1'],
])('%s=%s is refused, with the key and its value', (key, value) => {
  const faults = faultsOf({ ...good, [key]: value });
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(`${key}: `);
  expect(faults[0]).toContain(`"${value}"`);
});

test('a secret that is refused is not printed', () => {
  expect(faultsOf({ ...good, JWT_KEY: 'too-short' }).join()).toBe('JWT_KEY: needs at least 32 bytes');
});

test('a database address that would lose acknowledged writes is refused', () => {
  expect(faultsOf({ ...good, MONGO_URI: 'mongodb://user:secret@localhost/orders' })).toEqual([
    expect.stringMatching(/^MONGO_URI: must carry w=majority and journal=true/),
  ]);
});

test('a key that is set to nothing counts as not set', () => {
  expect(whole().load({ ...good, PORT: ' ', LOG_LEVEL: '' })).toMatchObject({ PORT: 3000, LOG_LEVEL: 'info' });
});

test('faults of the whole stand beside those of single keys, unless they are about the same one', () => {
  const config = () =>
    defineConfig({ ...serviceSettings, A: z.string().optional(), B: z.coerce.number().optional() }, ({ A, B }) =>
      A !== undefined || B !== undefined ? [] : ['A or B is not set'],
    );
  expect(() => config().load({ PORT: 'abc' })).toThrow(/- PORT: .*\n {2}- A or B is not set$/);
  expect(() => config().load({ B: 'x' })).toThrow(/^the settings can't be used:\n {2}- B: .* \(it is "x"\)$/);
});

test("a wrong broker's address is named without what may be its password", () => {
  expect(faultsOf({ ...good, NATS_URL: 'nats://user:s3cret@ho st' }).join()).toMatch(/^NATS_URL: (?!.*s3cret)/);
});

test('several origins are separated by commas', () => {
  const { PUBLIC_ORIGIN } = whole().load({ ...good, PUBLIC_ORIGIN: 'http://localhost:3000, http://127.0.0.1:3000' });
  expect(PUBLIC_ORIGIN).toEqual(['http://localhost:3000', 'http://127.0.0.1:3000']);
});

test('what only the whole can tell is a fault as well', () => {
  const config = defineConfig({ A: z.coerce.number(), B: z.coerce.number() }, ({ A = 0, B = 0 }) =>
    A < B ? [] : ['A: must be below B'],
  );
  expect(() => config.load({ A: '2', B: '1' })).toThrow('A: must be below B');
});

test('settings that are read before the start are a mistake, and said so', () => {
  expect(() => whole().value).toThrow(/read when the service starts/);
});
