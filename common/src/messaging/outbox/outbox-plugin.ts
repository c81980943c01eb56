import { Schema, type Document } from 'mongoose';
import { crashPoint } from '../../crash-point';
import { createEvent, type EventData, type EventType } from '../../events';
import { ServiceUnavailableError } from '../../http/errors';
import type { AnyModel } from '../../persistence';

/** An event that waits in its aggregate's document until the broker has it. */
export interface OutboxEntry {
  /** The id of the event; repeated publishes keep it. */
  readonly id: string;
  readonly type: EventType;
  readonly at: Date;
  /** The event as it will travel. */
  readonly payload: string;
}

/** What the plugin adds to a document. */
export interface Announcer {
  /**
   * Names the event that the next save causes. The save stamps it with the state and the version as saved and stores
   * it in the same write, so that there is never one without the other. One event a save.
   */
  announce(type: EventType): void;
}

/** Told on the model when a document was saved together with an event. */
export interface Announcement {
  readonly model: AnyModel;
  readonly documentId: unknown;
  readonly entry: OutboxEntry;
}
export const ANNOUNCED = 'announced';

/** So many unsent events in one document mean that the broker is away and somebody hammers on this document. */
export const OUTBOX_LIMIT = 100;

interface OutboxDocument extends Document {
  outbox: OutboxEntry[];
  version: number;
}

const entrySchema = new Schema<OutboxEntry>(
  {
    id: { type: String, required: true },
    type: { type: String, required: true },
    at: { type: Date, required: true },
    payload: { type: String, required: true },
  },
  { _id: false, id: false },
);

/** A schema plugin: documents carry their unsent events. `source` is who speaks, as a path: `/orders`. */
export function outboxPlugin(schema: Schema, { source }: { source: string }): void {
  schema.add({ outbox: { type: [entrySchema], default: [] } });
  schema.index({ 'outbox.at': 1 }, { sparse: true });

  schema.method('announce', function (this: Document, type: EventType) {
    const named = this.$locals.announces as EventType | undefined;
    if (named) throw new Error(`one event a save: ${named} is announced already, ${type} needs a save of its own`);
    this.$locals.announces = type;
  });

  schema.pre('save', function () {
    const document = this as unknown as OutboxDocument;
    const type = document.$locals.announces as EventType | undefined;
    if (!type) return;
    if (document.outbox.length >= OUTBOX_LIMIT) throw tooManyUnsent();
    const entry = createEntry(document, type, source, document.isNew ? 0 : document.version + 1);
    // Pushed, never assigned: an assignment would write the whole array and revive entries that were sent meanwhile.
    document.outbox.push(entry);
    document.$locals.announces = undefined;
    document.$locals.announced = entry;
  });

  schema.post('save', function () {
    const entry = this.$locals.announced as OutboxEntry | undefined;
    if (!entry) return;
    this.$locals.announced = undefined;
    crashPoint('saved, not yet sent', entry.type);
    const model = this.constructor as AnyModel;
    model.events.emit(ANNOUNCED, { model, documentId: this._id, entry } satisfies Announcement);
  });
}

/** The event of `type` about `document` in its present state, said to be of `version`. */
export function createEntry(
  document: { readonly _id?: unknown },
  type: EventType,
  source: string,
  version: number,
): OutboxEntry {
  const state = { ...(JSON.parse(JSON.stringify(document)) as object), version };
  const event = createEvent({ type, source, subject: String(document._id), data: state as EventData<EventType> });
  return { id: event.id, type, at: new Date(event.time), payload: JSON.stringify(event) };
}

function tooManyUnsent() {
  return new ServiceUnavailableError(
    'overloaded',
    'Too many changes of this are waiting to be announced; try again shortly',
  );
}
