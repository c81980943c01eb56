import type { Order } from '../api/types';

/** Answers may overtake each other, so the version tells which one is true now. */
export function newerOrder(known: Order, loaded: Order): Order {
  return loaded.version < known.version ? known : loaded;
}
