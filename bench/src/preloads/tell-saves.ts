import { writeSync } from 'node:fs';
import mongoose, { type Document, type Model } from 'mongoose';

/**
 * Loaded into a service before itself: writes a line for each document that was saved, right after MongoDB has
 * acknowledged the write. The service knows nothing of it.
 */
mongoose.plugin((schema) => {
  schema.post('save', function (this: Document & { readonly status?: string; readonly orderId?: string }) {
    const { modelName: model } = this.constructor as Partial<Model<unknown>>;
    // A part of another document.
    if (model === undefined) return;
    const { status, orderId } = this;
    // The first clock is one for all processes of a machine; by the second one orders end.
    const times = { at: Number(process.hrtime.bigint()) / 1e6, clock: Date.now() };
    writeSync(1, `${JSON.stringify({ saved: { model, id: String(this._id), status, orderId, ...times } })}\n`);
  });
});
