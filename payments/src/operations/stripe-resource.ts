import { setTimeout as delay } from 'node:timers/promises';
import { measure, type Resource } from '@ticketing/common';
import { disconnectStripe, stripe, stripeState } from '../stripe/client';
import { countUnsettled } from './settle-overdue';
import { settlingDone } from './settle-soon';

/** What is not settled by then is written down, and whoever runs next takes it up. */
const STOP_LIMIT_MILLISECONDS = 3000;

/** Stripe, as something that this service is connected to. */
export const stripeResource: Resource = {
  name: 'stripe',
  start() {
    stripe();
    measure('payments_unsettled', 'Ended orders whose money is not yet where it belongs', countUnsettled);
    return Promise.resolve();
  },
  state: stripeState,
  async stop() {
    await Promise.race([settlingDone(), delay(STOP_LIMIT_MILLISECONDS, undefined, { ref: false })]);
    disconnectStripe();
  },
};
