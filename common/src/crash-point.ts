import { channel } from 'node:diagnostics_channel';

/** Where a process says that it has reached a crash point; whoever proves something subscribes to it. */
export const CRASH_POINTS = 'ticketing:crash-point';

export interface CrashPoint {
  /** The two side effects that it stands between: "<what is done>, <what is not yet>". */
  readonly name: string;
  /** What was at work there, where one place serves many: an event's type. */
  readonly about: string | undefined;
}

const reached = channel(CRASH_POINTS);

/**
 * Marks a place between two side effects. A process may die there, and whoever comes after it has to bring what it was
 * doing to a right end. Nobody listens in production, and then this does nothing; the fault tests (see
 * `nats-test/faults`) let the process be killed at each of these places, and fail for one that they have no case for.
 */
export function crashPoint(name: string, about?: string): void {
  if (reached.hasSubscribers) reached.publish({ name, about } satisfies CrashPoint);
}
