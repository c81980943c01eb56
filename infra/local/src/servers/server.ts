import type { Machine } from '../config';
import type { Child } from '../processes/child';
import type { Binary } from './chain';

/** Where one server runs: its port and its data. */
export interface Site {
  readonly port: number;
  readonly folder: string;
}

/** What this project knows about a server. */
export interface ServerKind<S extends Site = Site> {
  readonly name: string;
  /** Finds the program, or gets it. @throws Fault when it can't be had */
  locate(machine: Machine): Promise<Binary>;
  /** @param log a file descriptor that gets what it says */
  start(binary: Binary, site: S, log: number): Child;
  /** Whether it does its work, rather than only listens. */
  ready(site: S): Promise<boolean>;
  stop(child: Child): Promise<void>;
}
