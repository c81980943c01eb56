import { model, type Document, type Schema } from 'mongoose';
import type { EventType } from '../../events';
import {
  versionedSchema,
  type AnyModel,
  type SchemaOptions,
  type VersionedDocument,
  type VersionedModel,
} from '../../persistence';
import { createEntry, outboxPlugin, type Announcer, type OutboxEntry } from './outbox-plugin';

/** What every aggregate has besides its own fields. */
interface WithOutbox {
  outbox: OutboxEntry[];
}

export type Aggregate<Fields, Verbs = object> = VersionedDocument<Fields & WithOutbox, Verbs & Announcer>;
export type AggregateModel<Fields, Verbs = object> = VersionedModel<Fields & WithOutbox, Verbs & Announcer>;

export interface AggregateOptions<Fields, Verbs> {
  /** Who speaks, as a path: `/orders`. */
  readonly source: `/${string}`;
  readonly fields: SchemaOptions<Fields, Verbs>['fields'];
  /** Methods of the document; they alone change its state, and each names the event it causes by `announce`. */
  readonly verbs: Verbs & ThisType<Aggregate<Fields, Verbs>>;
  /** Fields that never leave the service: neither in an answer nor in an event. */
  readonly hidden?: readonly (keyof Fields & string)[];
  /** The event that says the present state of a document: what `events -- republish` announces. None: nothing to say. */
  readonly presentEvent: (document: Aggregate<Fields, Verbs>) => EventType | undefined;
}

/**
 * The schema of an aggregate: versioned, with the verbs that change it, and an outbox that carries the event of a
 * change in the same write as the change. Never hard-delete such a document; set `deletedAt` by a save.
 */
export function aggregateSchema<Fields, Verbs>(options: AggregateOptions<Fields, Verbs>) {
  const schema = versionedSchema<Fields & WithOutbox, Verbs & Announcer>({
    fields: options.fields as SchemaOptions<Fields & WithOutbox, Verbs & Announcer>['fields'],
    hidden: ['outbox', ...(options.hidden ?? [])],
  });
  outboxPlugin(schema, { source: options.source });
  Object.assign(schema.methods, options.verbs);
  const presentEntry = (document: Aggregate<Fields, Verbs>): OutboxEntry | undefined => {
    const type = options.presentEvent(document);
    return type && createEntry(document, type, options.source, document.version);
  };
  (schema as unknown as Schema).static('presentEntry', presentEntry);
  return schema;
}

/** The model of such a schema, with the types of its fields and verbs. */
export function aggregateModel<Fields, Verbs>(
  name: string,
  schema: ReturnType<typeof aggregateSchema<Fields, Verbs>>,
): AggregateModel<Fields, Verbs> {
  return model(name, schema as unknown as Schema) as unknown as AggregateModel<Fields, Verbs>;
}

/** What an outbox entry about the present state of a document of this model would be; undefined: nothing to say. */
export function presentEntryOf(model: AnyModel, document: Document): OutboxEntry | undefined {
  return (model as unknown as { presentEntry(document: Document): OutboxEntry | undefined }).presentEntry(document);
}

/** Whether documents of this model carry an outbox. */
export function isAggregate(model: AnyModel): boolean {
  return 'presentEntry' in model;
}
