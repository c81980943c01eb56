/** The numbers that Stripe publishes for trying things out, each with the token that stands for it. */
export const testCards = [
  { number: '4242 4242 4242 4242', token: 'tok_visa', effect: 'accepted' },
  { number: '4000 0000 0000 0002', token: 'tok_chargeDeclined', effect: 'declined' },
  { number: '4000 0000 0000 9995', token: 'tok_chargeDeclinedInsufficientFunds', effect: 'poor' },
  { number: '4000 0000 0000 3220', token: 'tok_threeDSecure2Required', effect: 'asks' },
] as const;

/** The token for what was typed: one of the numbers above, or a token itself, for cases that have no number. */
export function testCardToken(typed: string): string | undefined {
  const entry = typed.trim();
  if (/^tok_\w+$/.test(entry)) return entry;
  const digits = entry.replace(/[\s-]/g, '');
  return testCards.find(({ number }) => number.replaceAll(' ', '') === digits)?.token;
}
