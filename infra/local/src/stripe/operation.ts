import type { Params } from './params';
import type { Store, UnitOfWork } from './store';

/** One request, read. */
export interface Call {
  /** The id in the path; empty where the path names none. */
  readonly id: string;
  readonly params: Params;
}

/** One thing that Stripe can be asked for. */
export interface Operation {
  readonly method: 'get' | 'post';
  readonly path: string;
  /** The parameters that it knows; another one is refused. */
  readonly params: readonly string[];
  /**
   * Does it and says what it answers. What was put into `work` stands even when a StripeFault is thrown afterwards:
   * a declined card leaves its trace.
   */
  run(work: UnitOfWork, call: Call): unknown;
  /** How long Stripe takes for it; meanwhile nobody else can change the same object. */
  seconds?(store: Store, call: Call): number;
  /** Whether the connection is cut before the answer. */
  losesAnswer?(store: Store, call: Call): boolean;
}
