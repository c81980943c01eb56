import { backlog } from './backlog';
import { expiry } from './expiry';
import { growth } from './growth';
import { list, search } from './list';
import { memoryAfter, memoryAtRest } from './memory';
import { orders } from './orders';
import { propagation } from './propagation';
import type { Row } from './row';
import { rush } from './rush';
import { signIns } from './sign-in';

/** In the order in which they are measured: the last three start services anew, which empties their memory. */
export const rows: readonly Row[] = [
  memoryAtRest,
  list,
  search,
  orders,
  rush,
  signIns,
  backlog,
  memoryAfter,
  propagation,
  expiry,
  growth,
];
export type { Row };
