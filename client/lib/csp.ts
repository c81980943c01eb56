interface Options {
  nonce: string;
  /** With a publishable key Stripe's script runs in the page. */
  stripe: boolean;
  development: boolean;
}

/**
 * The Content-Security-Policy of a document. Stripe's origins do not depend on the page: a visitor comes to
 * the checkout without loading a new document, and so keeps the policy of the page that was loaded first.
 */
export function contentSecurityPolicy({ nonce, stripe, development }: Options): string {
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
  return directives.join('; ');
}
