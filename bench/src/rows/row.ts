import type { Figure } from '../figure';
import type { Rig } from '../rig/rig';

/** A part of the benchmark. Those of one name are measured in the order in which they stand. */
export interface Row {
  readonly name: string;
  measure(rig: Rig): Promise<Figure[]>;
}
