import type { EventOf, EventType } from '../events';

/**
 * What a service does about one type of event. The frame reads the message, checks it against the event's schema, calls
 * `handle`, and acknowledges it when `handle` is done; what throws is kept and tried again later (see `Consumer`).
 *
 * An event may come twice, late, or after a newer one: `handle` must end in the same state all the same.
 */
export abstract class Listener<T extends EventType = EventType> {
  abstract readonly subject: T;
  /** How many events this process handles at once. */
  readonly maxInFlight: number = 25;

  /** Has 10 s; then it counts as failed. */
  abstract handle(event: EventOf<T>): Promise<void>;
}

/** A listener of whatever type, as a service's definition lists them. */
export type ListenerClass = new () => Listener;
