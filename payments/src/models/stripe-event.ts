import { model, Schema } from 'mongoose';

/** Stripe repeats an event for three days by itself, and for thirty when somebody asks it to. */
const KEPT_SECONDS = 30 * 24 * 60 * 60;

/** An event of Stripe's that was received and dealt with, so that it does nothing when it comes again. */
interface StripeEventState {
  /** Stripe's id of the event. */
  _id: string;
  type: string;
  /** Stripe's id of what it is about. */
  about?: string | undefined;
  receivedAt: Date;
}

const schema = new Schema<StripeEventState>(
  {
    _id: { type: String, required: true },
    type: { type: String, required: true },
    about: { type: String },
    receivedAt: { type: Date, required: true },
  },
  { collection: 'stripe_events', versionKey: false },
);
schema.index({ receivedAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });

export const StripeEvent = model('StripeEvent', schema);
