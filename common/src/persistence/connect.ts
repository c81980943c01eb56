import { setTimeout as delay } from 'node:timers/promises';
import mongoose from 'mongoose';
import type { Logger } from 'pino';
import type { AnyModel } from './any-model';

// Without a connection a command fails at once and its caller is told, instead of waiting in a queue.
mongoose.set('bufferCommands', false);
// Collections and indexes are made by `prepareModels`, which is awaited: mongoose's own way forgets a failure.
mongoose.set('autoCreate', false);
mongoose.set('autoIndex', false);

const RETRY_MILLISECONDS = 1000;
const SERVER_SELECTION_MILLISECONDS = 1500;

/** Connects the process to its database and keeps trying until it is there or `signal` says stop. */
export async function connectDatabase(uri: string, log: Logger, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      await mongoose.connect(uri, { serverSelectionTimeoutMS: SERVER_SELECTION_MILLISECONDS });
      log.info({ database: mongoose.connection.name }, 'connected to MongoDB');
      return;
    } catch (error) {
      if (isFault(error)) throw error;
      log.warn(
        { attempt, host: hostOf(uri), reason: (error as Error).message },
        'MongoDB does not answer, trying again',
      );
      await delay(RETRY_MILLISECONDS, undefined, { signal }).catch(() => undefined);
    }
  }
}

/**
 * Makes the collections and indexes of all models.
 * @throws Error naming the model whose indexes can't be built: a service that ran without its unique index would sell
 * twice and never say a word.
 */
export async function prepareModels(models: readonly AnyModel[]): Promise<void> {
  for (const model of models) {
    try {
      await model.createCollection();
      await model.createIndexes();
    } catch (error) {
      throw new Error(`the indexes of ${model.modelName} can't be built: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
}

/** 1 is mongoose's word for connected. */
export function databaseState(): 'up' | 'down' {
  return mongoose.connection.readyState === mongoose.ConnectionStates.connected ? 'up' : 'down';
}

export async function disconnectDatabase(): Promise<void> {
  await mongoose.disconnect();
}

/** Faults that waiting does not heal: the address itself, or who we say we are. */
function isFault(error: unknown): boolean {
  const name = (error as Error).name;
  return name === 'MongoParseError' || (name === 'MongoServerError' && (error as { code?: number }).code === 18);
}

/** The address without its user and password. */
function hostOf(uri: string): string {
  return uri.replace(/^(mongodb(\+srv)?:\/\/)?([^@/]*@)?/, '').split(/[/?]/)[0] ?? '';
}
