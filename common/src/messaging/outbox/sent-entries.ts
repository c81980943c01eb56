import type { Logger } from 'pino';
import { Batches } from '../../batches';
import type { AnyModel } from '../../persistence';

interface Sent {
  readonly documentId: unknown;
  readonly entryId: string;
}

/**
 * Takes acknowledged entries out of their documents, many in one command: by the raw driver, so that neither the
 * version nor anything else of the document is touched. An entry that could not be taken out is published again by a
 * later sweep, under the same id.
 */
export class SentEntries {
  private readonly batches = new Map<AnyModel, Batches<Sent>>();

  constructor(private readonly log: Logger) {}

  /** Resolves when the entry was taken out, rejects when it could not be. */
  take(model: AnyModel, documentId: unknown, entryId: string): Promise<void> {
    return this.batchesOf(model).add({ documentId, entryId });
  }

  async settled(): Promise<void> {
    await Promise.all([...this.batches.values()].map((batches) => batches.settled()));
  }

  private batchesOf(model: AnyModel): Batches<Sent> {
    const known = this.batches.get(model);
    if (known) return known;
    const batches = new Batches<Sent>((sent) => this.pull(model, sent));
    this.batches.set(model, batches);
    return batches;
  }

  private async pull(model: AnyModel, batch: readonly Sent[]): Promise<void> {
    const pulls = batch.map(({ documentId, entryId }) => ({
      updateOne: { filter: { _id: documentId as never }, update: { $pull: { outbox: { id: entryId } } as never } },
    }));
    try {
      await model.collection.bulkWrite(pulls, { ordered: false });
    } catch (error) {
      this.log.warn({ model: model.modelName, entries: batch.length, error }, 'sent events stay in the outbox for now');
      throw error;
    }
  }
}
