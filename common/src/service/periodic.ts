import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { sweepFailures, sweepRuns } from '../http/metrics';
import { Lease } from '../persistence';

export const seconds = (count: number): number => count * 1000;

/** Work that comes round: what no prompt came for, and what was left behind. It must be safe to repeat. */
export interface Sweep {
  readonly name: string;
  /** Milliseconds between the end of a run and the next. */
  readonly every: number;
  /** Whether this process has the next round, where several could do it. Absent: always. */
  readonly hasTurn?: () => Promise<boolean>;
  /** Ends early when `signal` says that the service stops: the next process goes on. */
  readonly run: (signal: AbortSignal) => Promise<unknown>;
}

/** Runs a sweep again and again in this process; a failed run is logged and counted, and the next one comes. */
export class Periodic {
  private readonly stopping = new AbortController();
  /** Of the run under way. Each has its own: some who listen to a signal never stop, and would pile up on one for all. */
  private run = new AbortController();
  private loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly sweep: Sweep,
    private readonly log: Logger,
  ) {}

  start(): void {
    // Who watches the count sees it begin, also where another process has the first rounds.
    sweepRuns.inc({ sweep: this.sweep.name }, 0);
    this.loop = this.repeat();
  }

  /** Resolves when the run under way, if any, is done. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.run.abort();
    await this.loop;
  }

  private async repeat(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.runOnce();
      await delay(this.sweep.every, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private async runOnce(): Promise<void> {
    const { name, hasTurn } = this.sweep;
    this.run = new AbortController();
    try {
      if (hasTurn && !(await hasTurn())) return;
      await this.sweep.run(this.run.signal);
      sweepRuns.inc({ sweep: name });
    } catch (error) {
      sweepFailures.inc({ sweep: name });
      this.log.warn({ sweep: name, error }, 'a sweep failed and will be repeated');
    }
  }
}

const SHORTEST_LEASE = seconds(3);

/** The same sweep, done by one replica of the service at a time. */
export function byOneReplica(sweep: Sweep): Sweep {
  const lease = new Lease(sweep.name, Math.max(SHORTEST_LEASE, 3 * sweep.every));
  return { ...sweep, hasTurn: () => lease.hold() };
}
