import { log } from '@ticketing/common';
import { config } from './config';
import { StripeStandIn, type StandInOptions } from './stand-in';

/** Runs the stand-in for Stripe as this process, until SIGTERM or SIGINT. */
async function main(): Promise<void> {
  log.setBindings({ service: 'stripe' });
  const settings = config.load();
  log.level = settings.LOG_LEVEL;
  const standIn = new StripeStandIn({
    folder: settings.STRIPE_STAND_IN_FOLDER,
    webhook: webhookOf(settings),
    onRequest: ({ method, path, status }) => log.info({ method, path, status }, 'answered'),
  });
  const port = await standIn.listen(settings.PORT);
  log.info({ port }, "ready: ticketing's own stand-in for Stripe, no money moves");
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void standIn.close().then(() => process.exit(0)));
  }
}

function webhookOf(settings: typeof config.value): StandInOptions['webhook'] {
  const { STRIPE_WEBHOOK_URL: url, STRIPE_WEBHOOK_SECRET: secret } = settings;
  return url && secret ? { url, secret } : undefined;
}

main().catch((error: unknown) => {
  log.fatal({ error }, 'the stand-in ends');
  process.exit(1);
});
