import type { CardEntry } from './config';

interface Options {
  nonce: string;
  cardEntry: CardEntry;
  development: boolean;
}

/**
 * The Content-Security-Policy of a document. With a publishable key Stripe's script runs in the page, and the page that
 * plays the bank of the test cards is shown in a frame. That does not depend on the page: a visitor comes to the checkout
 * without loading a new document, and so keeps the policy of the page that was loaded first.
 */
export function contentSecurityPolicy({ nonce, cardEntry, development }: Options): string {
  const stripe = cardEntry.kind === 'stripe';
  const own = `'self' 'nonce-${nonce}'`;
  const stripeIf = (...origins: string[]) => (stripe ? ` ${origins.join(' ')}` : '');
  const directives = [
    `default-src 'self'`,
    // Hot reloading evaluates code and writes style elements that carry no nonce.
    `script-src ${own}${development ? ` 'unsafe-eval'` : ''}${stripeIf('https://js.stripe.com')}`,
    `style-src ${development ? `'self' 'unsafe-inline'` : own}`,
    `img-src 'self' data:`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ];
  if (stripe) {
    directives.push(
      `frame-src https://js.stripe.com https://hooks.stripe.com`,
      `connect-src 'self' https://api.stripe.com`,
    );
  }
  if (cardEntry.kind === 'test' && cardEntry.bank) directives.push(`frame-src ${cardEntry.bank}`);
  return directives.join('; ');
}
