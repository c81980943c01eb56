import { inClone } from '@ticketing/local';
import type { ShopOptions } from './shop';

/** Programs of this folder that change a part which knows nothing of them: what it does `with` them, or `without`. */
export interface Preload {
  readonly part: string;
  /** By their names, like `without/second-look`. */
  readonly programs: readonly string[];
}

/** Has programs loaded into parts before all else, as long as `isWanted` says so when the part starts. */
export function preload(
  preloads: readonly Preload[],
  isWanted: () => boolean = () => true,
): NonNullable<ShopOptions['adjust']> {
  const options = new Map(preloads.map(({ part, programs }) => [part, programs.map(toOption).join(' ')]));
  return (part, settings) => {
    const NODE_OPTIONS = isWanted() ? options.get(part) : undefined;
    return NODE_OPTIONS === undefined ? settings : { ...settings, NODE_OPTIONS };
  };
}

const toOption = (program: string) => `--require "${inClone('nats-test/harness', `${program}.js`)}"`;
