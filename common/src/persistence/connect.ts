import { setTimeout as delay } from 'node:timers/promises';
import mongoose, { type Schema } from 'mongoose';
import type { Logger } from 'pino';
import { ServiceUnavailableError } from '../http/errors';
import type { AnyModel } from './any-model';
import { isDatabaseAway } from './database-away';
import { closeWhatIsUnread } from './unread-replies';

// Without a connection an operation fails, and its caller is told, instead of waiting in a queue.
mongoose.set('bufferCommands', false);
// Collections and indexes are made by `prepareModels`, which is awaited: mongoose's own way forgets a failure.
mongoose.set('autoCreate', false);
mongoose.set('autoIndex', false);
mongoose.plugin(refuseWhileAway);
closeWhatIsUnread();

const RETRY_MILLISECONDS = 1000;
/** The server says that it is there so often, on a connection of its own: it does so as well when it is busy. */
const HEARTBEAT_MILLISECONDS = 500;
/**
 * A heartbeat that is so late, or a connection that takes so long, means that the server is silent; what waits for it is
 * given up then. The driver reads what has come before it decides that, so that a process which was held up itself
 * takes nobody for silent.
 */
const SILENCE_MILLISECONDS = 1000;
/**
 * Without a limit the driver waits for ever when it writes to a connection that a dying server has just closed, and a
 * request, a handler or a sweep with it.
 */
const OPERATION_MILLISECONDS = 5000;
export const NO_LIMIT = 0;

const DATABASE_AWAY = 'The database is away, try again in a moment';

/**
 * Connects the process to its database and keeps trying until it is there or `signal` says stop. A time limit that the
 * address has itself, like `connectTimeoutMS`, wins.
 * @param operationLimit milliseconds that one operation, or a cursor as a whole, may take
 */
export async function connectDatabase(
  uri: string,
  log: Logger,
  signal: AbortSignal,
  operationLimit = OPERATION_MILLISECONDS,
): Promise<void> {
  const options = {
    ...unlessIn(uri, {
      // The driver counts the wait for a free connection under this too: a short limit would take busy for away.
      serverSelectionTimeoutMS: OPERATION_MILLISECONDS,
      heartbeatFrequencyMS: HEARTBEAT_MILLISECONDS,
      connectTimeoutMS: SILENCE_MILLISECONDS,
      timeoutMS: operationLimit,
    }),
    // Whoever asked is told to ask again, rather than kept waiting until the driver has found a server to ask again.
    retryReads: false,
    retryWrites: false,
  };
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      await mongoose.connect(uri, options);
      log.info({ database: mongoose.connection.name }, 'connected to MongoDB');
      return;
    } catch (error) {
      if (isFault(error)) throw error;
      log.warn(
        { attempt, host: hostOf(uri), reason: (error as Error).message },
        'MongoDB does not answer, trying again',
      );
      await pause(signal);
    }
  }
}

/** The driver would take an option that is given apart from the address for more important than the address. */
function unlessIn(uri: string, limits: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(limits).filter(([name]) => !new RegExp(`[?&]${name}=`, 'i').test(uri)));
}

/**
 * Makes the collections and indexes of all models, and waits for a database that goes away meanwhile.
 * @throws Error naming the model whose indexes can't be built: a service that ran without its unique index would sell
 * twice and never say a word.
 */
export async function prepareModels(models: readonly AnyModel[], log: Logger, signal: AbortSignal): Promise<void> {
  for (const model of models) {
    while (!signal.aborted && !(await prepare(model, log))) await pause(signal);
  }
}

/** @returns false when the database went away */
async function prepare(model: AnyModel, log: Logger): Promise<boolean> {
  try {
    await model.createCollection();
    for (const index of model.schema.indexes()) await createIndex(model, index);
    return true;
  } catch (error) {
    const reason = (error as Error).message;
    if (!isDatabaseAway(error)) {
      throw new Error(`the indexes of ${model.modelName} can't be built: ${reason}`, { cause: error });
    }
    log.warn({ model: model.modelName, reason }, 'MongoDB does not answer, trying again');
    return false;
  }
}

async function pause(signal: AbortSignal): Promise<void> {
  await delay(RETRY_MILLISECONDS, undefined, { signal }).catch(() => undefined);
}

/** `Model.createIndexes` would not pass a limit on, and an index over much data takes as long as it takes. */
async function createIndex({ collection }: AnyModel, [keys, options]: ReturnType<Schema['indexes']>[number]) {
  const specification = keys as mongoose.mongo.IndexSpecification;
  await collection.createIndex(specification, {
    ...(options as mongoose.mongo.CreateIndexesOptions),
    timeoutMS: NO_LIMIT,
  });
}

/** The driver would wait for a server that is known to be away as long as for one that is busy. */
function refuseWhileAway(schema: Schema): void {
  const refuse = () => {
    if (databaseState() === 'down') throw new ServiceUnavailableError('dependency_unavailable', DATABASE_AWAY);
  };
  schema.pre(/^(count|delete|distinct|estimated|find|replace|update)/, refuse);
  schema.pre('aggregate', refuse);
  schema.pre('save', refuse);
}

/** Mongoose's own `readyState` counts the time in which this process was held up as silence of the server. */
let state: 'up' | 'down' = 'down';
mongoose.connection.on('connected', () => (state = 'up')).on('disconnected', () => (state = 'down'));

export function databaseState(): 'up' | 'down' {
  return state;
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
