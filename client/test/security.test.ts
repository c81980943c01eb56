import { readConfig } from '../lib/config';
import { contentSecurityPolicy } from '../lib/csp';
import { authPath, safeReturnTo, signInPath } from '../lib/return-to';

describe('the way back after signing in', () => {
  test.each(['/', '/orders', '/tickets/new', '/?q=jazz&sort=price', '/orders/1#pay'])('%s is of this site', (path) => {
    expect(safeReturnTo(path)).toBe(path);
  });

  test.each([
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/./\\evil.example',
    '/.//evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    'evil.example',
    ' //evil.example',
    '',
    undefined,
    ['/orders'],
  ])('%j leads to the list instead', (value) => {
    expect(safeReturnTo(value)).toBe('/');
  });

  test('when it is one of the pages for signing in and out, then it leads nowhere', () => {
    expect(safeReturnTo('/auth/signout')).toBe('/');
    expect(safeReturnTo('/x/../auth/signout')).toBe('/');
    expect(safeReturnTo('/%61uth/signout')).toBe('/');
  });

  test('when its escapes are malformed, then it is no page', () => {
    expect(safeReturnTo('/tickets/%zz')).toBe('/');
    expect(safeReturnTo('/?q=100%25')).toBe('/?q=100%25');
  });

  test('when it goes into an address, then it is encoded, and the list is not named', () => {
    expect(signInPath('/?q=a&b=c')).toBe('/auth/signin?returnTo=%2F%3Fq%3Da%26b%3Dc');
    expect(authPath('/auth/signup', '/')).toBe('/auth/signup');
    expect(signInPath('//evil.example')).toBe('/auth/signin');
  });
});

describe('the content security policy', () => {
  const policy = (more: object = {}) =>
    contentSecurityPolicy({ nonce: 'abc', cardEntry: { kind: 'none' }, development: false, ...more });
  const stripe = { cardEntry: { kind: 'stripe', publishableKey: 'pk_test_1' } };

  test('when nothing else is set, then only this site’s files and this document’s scripts run', () => {
    expect(policy()).toBe(
      "default-src 'self'; script-src 'self' 'nonce-abc'; style-src 'self' 'nonce-abc'; img-src 'self' data:; " +
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
  });

  test('when Stripe takes the cards, then its script, frames and API are allowed', () => {
    expect(policy(stripe)).toContain("script-src 'self' 'nonce-abc' https://js.stripe.com;");
    expect(policy(stripe)).toContain('frame-src https://js.stripe.com https://hooks.stripe.com');
    expect(policy(stripe)).toContain("connect-src 'self' https://api.stripe.com");
  });

  test('when test cards have a bank, then its page may be shown in a frame, and no other', () => {
    const bank = 'http://127.0.0.1:4242';
    expect(policy({ cardEntry: { kind: 'test', bank } })).toBe(`${policy()}; frame-src ${bank}`);
    expect(policy({ cardEntry: { kind: 'test', bank: null } })).toBe(policy());
  });

  test('when it is not development, then nothing is unsafe', () => {
    expect(policy(stripe)).not.toContain('unsafe');
    expect(policy({ development: true })).toContain("'unsafe-eval'");
  });
});

describe('settings', () => {
  const gateway = { GATEWAY_URL: 'http://localhost:3000' };

  test('when only the gateway is named, then it stands for every service', () => {
    expect(readConfig({ ...gateway, ORDERS_URL: 'http://orders:3000' })).toEqual({
      serviceUrls: {
        auth: 'http://localhost:3000',
        tickets: 'http://localhost:3000',
        orders: 'http://orders:3000',
        payments: 'http://localhost:3000',
      },
      cardEntry: { kind: 'none' },
      publicOrigin: 'https://ticketing.dev',
      development: false,
    });
  });

  test('when browsers may come from several origins, then the first is the address of the shop', () => {
    const PUBLIC_ORIGIN = 'http://localhost:3000, http://127.0.0.1:3000';
    expect(readConfig({ ...gateway, PUBLIC_ORIGIN }).publicOrigin).toBe('http://localhost:3000');
    expect(() => readConfig({ ...gateway, PUBLIC_ORIGIN: 'ticketing.dev' })).toThrow('PUBLIC_ORIGIN is no origin');
    expect(() => readConfig({ ...gateway, PUBLIC_ORIGIN: 'https://a.dev/shop' })).toThrow('PUBLIC_ORIGIN is no origin');
  });

  test('when cards can be entered, then the settings say how', () => {
    const cardEntry = (more: Record<string, string>) => readConfig({ ...gateway, ...more }).cardEntry;
    const PAYMENTS_TEST_BANK = 'http://127.0.0.1:4242';
    expect(cardEntry({ PAYMENTS_TEST_FORM: 'true' })).toEqual({ kind: 'test', bank: null });
    expect(cardEntry({ PAYMENTS_TEST_FORM: 'true', PAYMENTS_TEST_BANK })).toEqual({
      kind: 'test',
      bank: PAYMENTS_TEST_BANK,
    });
    expect(cardEntry({ PAYMENTS_TEST_BANK })).toEqual({ kind: 'none' });
    expect(() => cardEntry({ PAYMENTS_TEST_BANK: 'stripe:4242' })).toThrow('PAYMENTS_TEST_BANK is no origin');
    expect(cardEntry({ PAYMENTS_TEST_FORM: 'false', STRIPE_PUBLISHABLE_KEY: 'pk_test_1' })).toEqual({
      kind: 'stripe',
      publishableKey: 'pk_test_1',
    });
  });

  test('when test cards are asked for beside a key of Stripe, then that is a fault', () => {
    const both = { PAYMENTS_TEST_FORM: 'true', STRIPE_PUBLISHABLE_KEY: 'pk_live_1' };
    expect(() => readConfig({ ...gateway, ...both })).toThrow('are both set');
  });

  test('when settings are wrong, then all faults are listed at once', () => {
    const read = () => readConfig({ AUTH_URL: 'auth:3000', TICKETS_URL: 'http://tickets', PAYMENTS_TEST_FORM: 'yes' });
    expect(read).toThrow(
      /AUTH_URL is not an http[^]*ORDERS_URL is missing[^]*PAYMENTS_URL is missing[^]*PAYMENTS_TEST_FORM is neither/,
    );
  });
});
