import { model, Schema, type HydratedDocument } from 'mongoose';

const DEAD_FOR_SECONDS = 90 * 24 * 60 * 60;

/** An event that could not be handled: `waiting` for its next try, or `dead` until an operator looks at it. */
export interface ParkedEventState {
  /** The event's id; where the payload has none, `<subject>/<sequence>`. */
  _id: string;
  subject: string;
  /** The message as it came. */
  payload: string;
  /** Why the last try failed. */
  error: string;
  attempts: number;
  status: 'waiting' | 'dead';
  nextAt: Date;
  parkedAt: Date;
  deadAt?: Date;
}
export type ParkedEventDocument = HydratedDocument<ParkedEventState>;

const schema = new Schema<ParkedEventState>(
  {
    _id: { type: String, required: true },
    subject: { type: String, required: true },
    payload: { type: String },
    error: { type: String, required: true },
    attempts: { type: Number, required: true },
    status: { type: String, enum: ['waiting', 'dead'], required: true },
    nextAt: { type: Date, required: true },
    parkedAt: { type: Date, required: true },
    deadAt: { type: Date },
  },
  { collection: 'parked_events', versionKey: false },
);
schema.index({ status: 1, nextAt: 1 });
schema.index({ deadAt: 1 }, { expireAfterSeconds: DEAD_FOR_SECONDS });

export const ParkedEvent = model('ParkedEvent', schema);
