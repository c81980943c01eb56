import { createEvent, type EventData, type EventType } from '../events';
import type { EventBus } from './event-bus';

/**
 * Says events of one type that no document carries: prompts and messages by hand. State changes are announced by their
 * aggregate's outbox instead, or a crash between the two would lose the event.
 */
export abstract class Publisher<T extends EventType> {
  abstract readonly subject: T;

  /** @param source who speaks, as a path: `/expiration` */
  constructor(
    private readonly bus: EventBus,
    private readonly source: string,
  ) {}

  /**
   * Resolves when the broker has stored the event. A rejection means that it may or may not have: say it again under
   * the same `id`.
   * @param aggregateId what the event is about
   */
  async publish(aggregateId: string, data: EventData<T>, { id }: { id?: string } = {}): Promise<void> {
    const event = createEvent({
      type: this.subject,
      source: this.source,
      subject: aggregateId,
      data,
      ...(id && { id }),
    });
    await this.bus.publish(event.type, JSON.stringify(event));
  }
}
