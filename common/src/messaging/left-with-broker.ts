import type { FailedEvents } from './consumer';

/**
 * For a service without a database: what fails is not acknowledged, so the broker delivers it again; what can never be
 * handled was logged and counted, and is let go.
 */
export const leftWithBroker: FailedEvents = {
  keep: (_message, error) => Promise.reject(error),
  bury: () => Promise.resolve(),
};
