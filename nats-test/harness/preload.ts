import { inClone } from '@ticketing/local';
import type { ShopOptions } from './shop';

/** Has a program of `faults/preloads` loaded into a part before all else, as long as `isWanted` says so at its start. */
export function preload(part: string, program: string, isWanted = () => true): ShopOptions['adjust'] {
  const file = inClone('nats-test/faults/preloads', `${program}.js`);
  return (name, settings) =>
    name === part && isWanted() ? { ...settings, NODE_OPTIONS: `--require ${file}` } : settings;
}
