import type { Model, UpdateQuery } from 'mongoose';
import { isDuplicateKey } from './duplicate-key';

/**
 * Stores the state that an event carries into a replica, unless a newer one stands there already.
 * A field that is `undefined` in `state` is removed; one that is absent from it is left alone.
 *
 * Whether anything was written must not decide what follows from the stored state: the process may have died between
 * this write and its consequences, and the redelivered event finds its own version in place.
 * @returns whether this state was newer than what stood there.
 */
export async function applyIfNewer<T extends { version: number }>(
  replica: Model<T>,
  id: string,
  version: number,
  state: Partial<Omit<T, 'version'>>,
): Promise<boolean> {
  const older = { _id: id, version: { $lt: version } };
  const change = toUpdate({ ...state, version }) as UpdateQuery<T>;
  try {
    await replica.updateOne(older, change, { upsert: true });
    return true;
  } catch (error) {
    if (!isDuplicateKey(error, '_id')) throw error;
  }
  // The id is taken: by a newer state, or by an older one that another handler inserted in this very moment. Only the
  // same write without upsert can tell; to skip here at once would lose this event in the second case.
  const again = await replica.updateOne(older, change);
  return again.matchedCount === 1;
}

function toUpdate(state: Record<string, unknown>) {
  const present = Object.entries(state).filter(([, value]) => value !== undefined);
  const absent = Object.keys(state).filter((field) => state[field] === undefined);
  return {
    $set: Object.fromEntries(present),
    ...(absent.length > 0 && { $unset: Object.fromEntries(absent.map((field) => [field, 1])) }),
  };
}
