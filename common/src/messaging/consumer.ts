import type { Logger } from 'pino';
import { crashPoint } from '../crash-point';
import { InvalidEventError, parseEvent, type EventType } from '../events';
import { eventsHandled } from '../http/metrics';
import type { BusMessage, EventBus } from './event-bus';
import type { Listener } from './listener';
import { withTimeLimit } from './time-limit';

/** Shorter than the ack wait of 15 s, so that a slow handler is parked before the broker delivers again. */
export const HANDLER_LIMIT_MILLISECONDS = 10_000;

/** What becomes of events that can't be handled now, or ever. Rejecting leaves the message with the broker. */
export interface FailedEvents {
  /** The handler threw or took too long: keep it and try again later. */
  keep(message: BusMessage, error: Error): Promise<void>;
  /** The payload is not an event of its type, and will never be one. */
  bury(message: BusMessage, error: Error): Promise<void>;
}

/** Brings the events of the bus to the listeners of a service. */
export class Consumer {
  private readonly inFlight = new Set<Promise<void>>();
  private stopped = false;

  constructor(
    private readonly bus: EventBus,
    /** Queue group and durable name: `<service>-service`. */
    private readonly group: string,
    private readonly listeners: readonly Listener[],
    private readonly failed: FailedEvents,
    private readonly log: Logger,
  ) {}

  async start(): Promise<void> {
    await Promise.all(this.listeners.map((listener) => this.subscribe(listener)));
  }

  /** Takes nothing new and resolves when every event in hand is settled. What comes later stays with the broker. */
  async stop(): Promise<void> {
    this.stopped = true;
    while (this.inFlight.size > 0) await Promise.allSettled(this.inFlight);
  }

  private subscribe(listener: Listener): Promise<void> {
    return this.bus.subscribe({
      subject: listener.subject,
      group: this.group,
      maxInFlight: listener.maxInFlight,
      onMessage: (message) => this.receive(listener, message),
    });
  }

  private async receive(listener: Listener, message: BusMessage): Promise<void> {
    if (this.stopped) throw new Error('this service is stopping; the event stays with the broker');
    const settling = this.settle(listener, message);
    this.inFlight.add(settling);
    await settling.finally(() => this.inFlight.delete(settling));
  }

  private async settle(listener: Listener, message: BusMessage): Promise<void> {
    try {
      await handleEvent(listener, message.payload);
      crashPoint('handled, not yet acknowledged', message.subject);
      eventsHandled.inc({ subject: message.subject, outcome: 'handled' });
    } catch (reason) {
      const error = reason instanceof Error ? reason : new Error(String(reason));
      await this.setAside(message, error);
    }
  }

  private async setAside(message: BusMessage, error: Error): Promise<void> {
    const about = { subject: message.subject, sequence: message.sequence, error };
    if (error instanceof InvalidEventError) {
      this.log.error(about, 'an invalid event is buried');
      eventsHandled.inc({ subject: message.subject, outcome: 'invalid' });
      await this.failed.bury(message, error);
      return;
    }
    this.log.warn(about, 'an event could not be handled and is kept for later');
    eventsHandled.inc({ subject: message.subject, outcome: 'failed' });
    await this.failed.keep(message, error);
  }
}

/**
 * Hands the event in `payload` to its listener.
 * @throws InvalidEventError when it is none; whatever the handler throws; an Error when the handler takes over 10 s.
 */
export async function handleEvent(listener: Listener<EventType>, payload: string): Promise<void> {
  const event = parseEvent(listener.subject, payload);
  await withTimeLimit(listener.handle(event), HANDLER_LIMIT_MILLISECONDS, `the handler of ${listener.subject}`);
}
