import type { Logger } from 'pino';
import type { AnyModel } from '../../persistence';

interface Sent {
  readonly documentId: unknown;
  readonly entryId: string;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Takes acknowledged entries out of their documents, many in one command: by the raw driver, so that neither the
 * version nor anything else of the document is touched. An entry that could not be taken out is published again by a
 * later sweep, under the same id.
 */
export class SentEntries {
  private readonly waiting = new Map<AnyModel, Sent[]>();
  private running: Promise<void> | undefined;

  constructor(private readonly log: Logger) {}

  /** Resolves when the entry was taken out, rejects when it could not be. */
  take(model: AnyModel, documentId: unknown, entryId: string): Promise<void> {
    return new Promise((done, failed) => {
      const batch = this.waiting.get(model) ?? [];
      batch.push({ documentId, entryId, done, failed });
      this.waiting.set(model, batch);
      this.running ??= this.run();
    });
  }

  async settled(): Promise<void> {
    while (this.running) await this.running;
  }

  private async run(): Promise<void> {
    while (this.waiting.size > 0) {
      const batches = [...this.waiting];
      this.waiting.clear();
      for (const [model, batch] of batches) await this.pull(model, batch);
    }
    this.running = undefined;
  }

  private async pull(model: AnyModel, batch: readonly Sent[]): Promise<void> {
    const pulls = batch.map(({ documentId, entryId }) => ({
      updateOne: { filter: { _id: documentId as never }, update: { $pull: { outbox: { id: entryId } } as never } },
    }));
    try {
      await model.collection.bulkWrite(pulls, { ordered: false });
      for (const { done } of batch) done();
    } catch (error) {
      this.log.warn({ model: model.modelName, entries: batch.length, error }, 'sent events stay in the outbox for now');
      for (const { failed } of batch) failed(error);
    }
  }
}
