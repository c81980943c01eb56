import { Schema, type HydratedDocument, type Model, type SchemaDefinition } from 'mongoose';
import type { AnyModel } from './any-model';
// Not the package's main file: that one loads core-js, which patches globals of the whole process.
import { versionOCCPlugin } from 'mongoose-update-if-current/lib/version-occ-plugin';

/** What every versioned document has besides its own fields. */
export interface Versioned {
  /** 0 when new, one more with every save that changed something; may have gaps. */
  version: number;
  createdAt: Date;
}

export type VersionedDocument<Fields, Verbs = object> = HydratedDocument<Fields & Versioned, Verbs>;
export type VersionedModel<Fields, Verbs = object> = Model<Fields & Versioned, object, Verbs>;

export interface SchemaOptions<Fields, Verbs> {
  readonly fields: SchemaDefinition<Fields>;
  /** Methods of the document. They alone change its state, and refuse a wrong one. */
  readonly verbs?: Verbs & ThisType<VersionedDocument<Fields, Verbs>>;
  /** Fields that never leave the service: neither in an answer nor in an event. */
  readonly hidden?: readonly (keyof Fields & string)[];
}

/**
 * A schema whose saves are guarded: a save takes effect only if nobody saved since the document was loaded, else it
 * throws mongoose's VersionError (see `onLatest`). `updateOne` and its kin go round the guard: don't use them on
 * documents whose state others depend on.
 *
 * The JSON of a document shows `id` and `version`, and neither `_id` nor what is `hidden`.
 */
export function versionedSchema<Fields, Verbs = object>(options: SchemaOptions<Fields, Verbs>) {
  const schema = new Schema<Fields & Versioned, VersionedModel<Fields, Verbs>, Verbs>(
    options.fields as SchemaDefinition<Fields & Versioned>,
    {
      versionKey: 'version',
      // Together they make one guard and one increment; the plugin alone counts up a save without a change.
      optimisticConcurrency: true,
      timestamps: { createdAt: true, updatedAt: false },
      toJSON: { transform: toPublic(['_id', ...(options.hidden ?? [])]) },
    },
  );
  (schema as unknown as Schema).static('shown', toShown(schema as unknown as Schema, options.hidden ?? []));
  schema.plugin((target) => versionOCCPlugin(target as unknown as Schema));
  Object.assign(schema.methods, options.verbs);
  return schema;
}

/** Adds `id` and takes `hidden` away from what a document shows as JSON. */
function toPublic(hidden: readonly string[]) {
  return (document: { _id: unknown }, shown: Record<string, unknown>) => {
    for (const field of hidden) Reflect.deleteProperty(shown, field);
    return { id: String(document._id), ...shown };
  };
}

/**
 * What a document of this model shows as JSON, made of it as it is stored. For lists, which need nothing else of their
 * documents: to make mongoose's documents takes longer than to find them.
 */
export function shownOf(model: AnyModel, stored: object): object {
  return (model as unknown as { shown(stored: object): object }).shown(stored);
}

/** Names what is shown, as mongoose does: a field that nobody declared stays in the database. */
function toShown(schema: Schema, hidden: readonly string[]) {
  let fields: readonly string[] | undefined;
  return (stored: Record<string, unknown>) => {
    // Looked at late: plugins add fields.
    fields ??= topLevel(schema).filter((field) => !['_id', ...hidden].includes(field));
    const shown: Record<string, unknown> = { id: String(stored._id) };
    for (const field of fields) if (field in stored) shown[field] = stored[field];
    return shown;
  };
}

function topLevel(schema: Schema): string[] {
  return [...new Set(Object.keys(schema.paths).map((path) => path.split('.')[0] ?? path))];
}
