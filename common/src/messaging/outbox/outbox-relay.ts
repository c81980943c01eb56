import type { Logger } from 'pino';
import { crashPoint } from '../../crash-point';
import { outboxOldestSeconds, outboxPending, outboxPublishFailures } from '../../http/metrics';
import type { AnyModel } from '../../persistence';
import type { EventBus } from '../event-bus';
import { ANNOUNCED, type Announcement, type OutboxEntry } from './outbox-plugin';
import { SentEntries } from './sent-entries';

/** Entries younger than this are still in the hands of the process that saved them. */
const SWEEP_AGE_MILLISECONDS = 2000;
const SWEEP_BATCH = 200;
/** Beyond this many unacknowledged events the process stops sending at once and leaves the rest to the sweep. */
const AT_ONCE_LIMIT = 1000;

interface StoredOutbox {
  _id: unknown;
  outbox: OutboxEntry[];
}

/**
 * Takes events from the outboxes of a service's documents to the bus, and takes an entry out only after the broker has
 * acknowledged it. Sends what this process saves at once; `sweep` sends what was left behind by whomever.
 */
export class OutboxRelay {
  private readonly underway = new Set<Promise<void>>();
  private readonly sent: SentEntries;
  /**
   * How many documents before the next batch keep what was refused. A batch that is refused as a whole ends the sweep,
   * and the next sweep begins behind it, so that what can't be sent keeps nothing else waiting; after the last batch it
   * is tried again.
   */
  private readonly refusedBefore = new Map<AnyModel, number>();

  constructor(
    private readonly bus: EventBus,
    private readonly models: readonly AnyModel[],
    private readonly log: Logger,
  ) {
    this.sent = new SentEntries(log);
  }

  start(): void {
    for (const model of this.models) model.events.on(ANNOUNCED, this.sendAtOnce);
  }

  stop(): void {
    for (const model of this.models) model.events.off(ANNOUNCED, this.sendAtOnce);
  }

  /** Resolves when nothing that was sent at once is still on its way, whatever became of it. */
  async flush(): Promise<void> {
    while (this.underway.size > 0) await Promise.all(this.underway);
    await this.sent.settled();
  }

  /**
   * Sends every entry that has waited too long.
   * @throws Error when some could not be sent, or not be taken out after that: the next sweep sends them again
   */
  async sweep(signal?: AbortSignal): Promise<void> {
    for (const model of this.models) await this.sweepModel(model, signal);
  }

  /** Brings the metrics up to date: how many entries wait, and for how long the oldest has. */
  async measure(): Promise<void> {
    let pending = 0;
    let oldest = Infinity;
    for (const model of this.models) {
      const [found] = await model.collection.aggregate<{ count: number; oldest: Date }>(countWaiting).toArray();
      pending += found?.count ?? 0;
      oldest = Math.min(oldest, found?.oldest.getTime() ?? Infinity);
    }
    outboxPending.set(pending);
    outboxOldestSeconds.set(oldest === Infinity ? 0 : Math.max(0, Date.now() - oldest) / 1000);
  }

  private readonly sendAtOnce = ({ model, documentId, entry }: Announcement): void => {
    if (this.bus.state !== 'connected' || this.underway.size >= AT_ONCE_LIMIT) return;
    const sending: Promise<void> = this.send(model, documentId, entry)
      .catch((error: unknown) => this.log.debug({ event: entry.id, error }, 'not acknowledged, left to the sweep'))
      .finally(() => this.underway.delete(sending));
    this.underway.add(sending);
  };

  private async sweepModel(model: AnyModel, signal?: AbortSignal): Promise<void> {
    let stuck = 0;
    let more = true;
    while (more && this.bus.state === 'connected' && !signal?.aborted) {
      const overdue = new Date(Date.now() - SWEEP_AGE_MILLISECONDS);
      const behind = this.refusedBefore.get(model) ?? 0;
      const documents = await model.collection
        .find<StoredOutbox>(
          { 'outbox.at': { $lt: overdue } },
          { projection: { outbox: 1 }, skip: behind, limit: SWEEP_BATCH },
        )
        .toArray();
      const refusals = await Promise.all(documents.map((document) => this.sendOverdue(model, document, overdue)));
      const refused = refusals.filter((count) => count > 0);
      stuck += refused.reduce((sum, count) => sum + count, 0);
      const isLast = documents.length < SWEEP_BATCH;
      // What fails because the line broke was not refused.
      const isRefusal = this.bus.state === 'connected';
      if (isLast || isRefusal) this.refusedBefore.set(model, isLast ? 0 : behind + refused.length);
      more = !isLast && refused.length < documents.length;
    }
    if (stuck > 0) throw new Error(`${stuck} events of ${model.modelName} could not be sent or not be taken out`);
  }

  /** @returns how many of its entries stay */
  private async sendOverdue(model: AnyModel, { _id, outbox }: StoredOutbox, overdue: Date): Promise<number> {
    const entries = outbox.filter(({ at }) => at < overdue);
    const results = await Promise.allSettled(entries.map((entry) => this.send(model, _id, entry)));
    return results.filter(({ status }) => status === 'rejected').length;
  }

  private async send(model: AnyModel, documentId: unknown, entry: OutboxEntry): Promise<void> {
    try {
      await this.bus.publish(entry.type, entry.payload);
    } catch (error) {
      outboxPublishFailures.inc();
      throw error;
    }
    crashPoint('sent, still in the outbox', entry.type);
    await this.sent.take(model, documentId, entry.id);
  }
}

const countWaiting = [
  // Spelled so that the sparse index on `outbox.at` is chosen; `$exists` would walk every document.
  { $match: { 'outbox.at': { $gt: new Date(0) } } },
  { $unwind: '$outbox' },
  { $group: { _id: null, count: { $sum: 1 }, oldest: { $min: '$outbox.at' } } },
];
