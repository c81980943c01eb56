import { texts } from '../texts';

/** Said beside what does nothing without a script, to those who have none. */
export const NeedsScript = () => (
  <noscript>
    <p className="alert alert-warning">{texts.failures.needsScript}</p>
  </noscript>
);
