import mongoose from 'mongoose';
import { ConflictError, usualMessage } from '../http/errors';

const ATTEMPTS = 5;

/**
 * Runs `work` (load, verb, save) and runs it again from the load when somebody else saved in between.
 * @throws ConflictError `conflict` when it lost five times in a row; whatever else `work` throws, at once.
 */
export async function onLatest<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!lostRace(error)) throw error;
    }
  }
  throw new ConflictError('conflict', usualMessage.conflict);
}

/** Whether a save was refused because the document had been saved by somebody else since it was loaded. */
export function lostRace(error: unknown): boolean {
  return error instanceof mongoose.Error.VersionError || error instanceof mongoose.Error.DocumentNotFoundError;
}
