import type { Machine } from '../config';
import { locate, type Binary } from './chain';
import { onPath } from './places';
import { goInstall } from './suppliers';
import { versions } from './versions';

const { version } = versions.stripeMock;

/** Stripe's own mock, which checks requests against Stripe's description of its interface and keeps no state. */
export function locateStripeMock(machine: Machine): Promise<Binary> {
  return locate(
    {
      server: 'stripe-mock',
      places: [onPath(machine, 'stripe-mock')],
      suppliers: [goInstall('stripe-mock', 'github.com/stripe/stripe-mock', version)],
      byHand: { linux: 'install Go, and start again', macos: 'brew install stripe/stripe-mock/stripe-mock' },
    },
    machine,
  );
}
