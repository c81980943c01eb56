/**
 * The seam behind which the broker stands. Everything above it (outbox, listeners, publishers) knows only this
 * interface; NATS Streaming is at its end of life and can be replaced by writing a bus that passes the contract
 * suite of `testing/event-bus-contract.ts`.
 *
 * What a bus promises: a message whose publish was acknowledged reaches every group at least once, whoever is down
 * meanwhile. What it does not: order, or exactly once.
 */
export interface EventBus {
  readonly state: BusState;

  /** Resolves at the first connection, however long that takes; the bus reconnects by itself until it is closed. */
  connect(): Promise<void>;

  /**
   * Resolves only when the broker has stored the message. A rejection means "unknown": the message may or may not be
   * stored, so publish the same event again under the same id. Rejects at once while not connected.
   */
  publish(subject: string, payload: string): Promise<void>;

  /**
   * Joins a durable queue group from the beginning of the channel, and stays joined through every reconnect.
   * Resolves when the broker has confirmed it (at the next connection, if there is none now).
   */
  subscribe(subscription: Subscription): Promise<void>;

  /** Per subscription: how far its group is behind the end of the channel, where the broker tells. */
  consumerLag?(): Promise<readonly ConsumerLag[]>;

  /**
   * Stops deliveries, waits (not for ever) for the handlers in flight to be acknowledged, then leaves. The group keeps
   * its place. A `connect` or `subscribe` still waiting rejects.
   */
  close(): Promise<void>;
}

export type BusState = 'connecting' | 'connected' | 'disconnected' | 'closed';

export interface Subscription {
  readonly subject: string;
  /** Queue group and durable name in one: `<service>-service`. */
  readonly group: string;
  /** How many messages may be in the hands of this process at once. Default 25. */
  readonly maxInFlight?: number;
  /** Whole seconds until an unacknowledged message is delivered again, whatever its handler still does. Default 15. */
  readonly ackWaitSeconds?: number;
  /** Resolving acknowledges the message; rejecting leaves it to be delivered again after the ack wait. */
  readonly onMessage: (message: BusMessage) => Promise<void>;
}

export const DEFAULT_MAX_IN_FLIGHT = 25;
export const DEFAULT_ACK_WAIT_SECONDS = 15;

export interface BusMessage {
  readonly subject: string;
  /** The place in the channel, as the broker counts; unique together with the subject. */
  readonly sequence: number;
  readonly payload: string;
  readonly redelivered: boolean;
}

export interface ConsumerLag {
  readonly subject: string;
  readonly group: string;
  /** Messages stored after the last one that the group was sent. */
  readonly behind: number;
}

/** The broker can't be asked right now; whoever has an outbox keeps the event and tries again. */
export class BusUnavailableError extends Error {
  override readonly name = 'BusUnavailableError';
}
