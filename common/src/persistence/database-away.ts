import mongoose from 'mongoose';

const { mongo } = mongoose;
const DATABASE_AWAY = [
  mongo.MongoNetworkError,
  mongo.MongoServerSelectionError,
  mongo.MongoNotConnectedError,
  mongo.MongoTopologyClosedError,
  mongo.MongoClientClosedError,
  mongo.MongoExpiredSessionError,
  mongo.MongoOperationTimeoutError,
  mongoose.Error.MongooseServerSelectionError,
];
/** Mongoose has no class for these. */
const NOT_CONNECTED = /initial connection|buffering timed out|force closed/;

/** Whether an operation failed because the database can't be reached now, and may succeed when it is repeated. */
export function isDatabaseAway(error: unknown): boolean {
  if (DATABASE_AWAY.some((type) => error instanceof type)) return true;
  if (error instanceof mongo.MongoError && error.hasErrorLabel('RetryableWriteError')) return true;
  return error instanceof mongoose.Error && NOT_CONNECTED.test(error.message);
}
