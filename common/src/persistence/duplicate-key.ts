import mongoose from 'mongoose';

/** Whether a unique index refused the write; with `field`, whether it was an index that starts with this field. */
export function isDuplicateKey(error: unknown, field?: string): boolean {
  if (!(error instanceof mongoose.mongo.MongoServerError) || error.code !== 11000) return false;
  const pattern = (error as { keyPattern?: Record<string, unknown> }).keyPattern ?? {};
  return field === undefined || Object.keys(pattern)[0] === field;
}
