/** Called once, when the server starts. */
export async function register(): Promise<void> {
  // eslint-disable-next-line no-restricted-syntax -- No setting: Next's compiler looks for this very expression.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { checkConfig } = await import('./lib/check-config');
    checkConfig();
  }
}
