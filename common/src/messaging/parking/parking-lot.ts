import type { Logger } from 'pino';
import { crashPoint } from '../../crash-point';
import { eventIdOf, InvalidEventError } from '../../events';
import { deadEvents, parkedEvents } from '../../http/metrics';
import { isDuplicateKey } from '../../persistence';
import { handleEvent, type FailedEvents } from '../consumer';
import type { BusMessage } from '../event-bus';
import type { Listener } from '../listener';
import { ParkedEvent, type ParkedEventDocument } from './parked-event';
import { MAX_ATTEMPTS, nextTry } from './retry-policy';

/** Longer than a handler may take: who claimed an event and died holds it up only for so long. */
const CLAIM_MILLISECONDS = 30_000;

/**
 * Keeps the events that a service could not handle in its own database, where they block nobody, and tries them again
 * with growing pauses. After the last try an event is dead: counted, logged, kept 90 days for `npm run events`.
 */
export class ParkingLot implements FailedEvents {
  private readonly listeners: ReadonlyMap<string, Listener>;
  private rounds: Promise<unknown> = Promise.resolve();

  constructor(
    listeners: readonly Listener[],
    private readonly log: Logger,
  ) {
    this.listeners = new Map(listeners.map((listener) => [listener.subject, listener]));
  }

  async keep(message: BusMessage, error: Error): Promise<void> {
    await store(message, error, { status: 'waiting', nextAt: nextTry(1) });
    crashPoint('parked, not yet acknowledged', message.subject);
  }

  async bury(message: BusMessage, error: Error): Promise<void> {
    await store(message, error, { status: 'dead', nextAt: new Date(), deadAt: new Date() });
    crashPoint('buried, not yet acknowledged', message.subject);
  }

  /**
   * Tries every event whose time has come, one after the other. A round that is under way ends first: when this resolves,
   * no event of this process is in hand.
   * @returns how many
   */
  retryDue(signal?: AbortSignal): Promise<number> {
    const round = this.rounds.then(() => this.tryDue(signal));
    this.rounds = round.catch(() => undefined);
    return round;
  }

  private async tryDue(signal?: AbortSignal): Promise<number> {
    let tried = 0;
    while (!signal?.aborted) {
      const parked = await claim();
      if (!parked) break;
      crashPoint('claimed for another try, not yet handled', parked.subject);
      await this.retry(parked);
      tried += 1;
    }
    return tried;
  }

  /** Brings the metrics up to date. */
  async measure(): Promise<void> {
    parkedEvents.set(await ParkedEvent.countDocuments({ status: 'waiting' }));
    deadEvents.set(await ParkedEvent.countDocuments({ status: 'dead' }));
  }

  private async retry(parked: ParkedEventDocument): Promise<void> {
    try {
      await handleEvent(this.listenerOf(parked), parked.payload);
    } catch (reason) {
      return this.reject(parked, reason instanceof Error ? reason : new Error(String(reason)));
    }
    crashPoint('handled again, still parked', parked.subject);
    await parked.deleteOne();
    this.log.info({ event: parked.id as string, attempts: parked.attempts }, 'a parked event was handled');
  }

  private async reject(parked: ParkedEventDocument, error: Error): Promise<void> {
    const isDead = parked.attempts >= MAX_ATTEMPTS || error instanceof InvalidEventError;
    const fate = isDead ? { status: 'dead' as const, deadAt: new Date() } : {};
    const change = { error: describe(error), nextAt: nextTry(parked.attempts), ...fate };
    // An operator who dropped it meanwhile, or wants it tried again, is not overruled.
    const asItWas = { _id: parked._id, attempts: parked.attempts };
    const { matchedCount } = await ParkedEvent.updateOne(asItWas, { $set: change });
    if (isDead && matchedCount > 0)
      this.log.error(
        { event: parked.id as string, subject: parked.subject, error },
        'an event is dead: see npm run events',
      );
  }

  private listenerOf(parked: ParkedEventDocument): Listener {
    const listener = this.listeners.get(parked.subject);
    if (!listener) throw new InvalidEventError(`nobody in this service listens to ${parked.subject}`);
    return listener;
  }
}

async function store(
  message: BusMessage,
  error: Error,
  fate: { status: 'waiting' | 'dead'; nextAt: Date; deadAt?: Date },
) {
  const _id = eventIdOf(message.payload) ?? `${message.subject}/${message.sequence}`;
  const { subject, payload } = message;
  const parked = { subject, payload, error: describe(error), attempts: 1, parkedAt: new Date(), ...fate };
  try {
    await ParkedEvent.updateOne({ _id }, { $setOnInsert: parked }, { upsert: true });
  } catch (conflict) {
    // Parked by another delivery of the same event in this very moment: it is kept, and that is all that is wanted.
    if (!isDuplicateKey(conflict)) throw conflict;
  }
}

/** Takes the right to the next try of one due event, for this process alone. */
function claim(): Promise<ParkedEventDocument | null> {
  const now = new Date();
  return ParkedEvent.findOneAndUpdate(
    { status: 'waiting', nextAt: { $lte: now } },
    { $inc: { attempts: 1 }, $set: { nextAt: new Date(now.getTime() + CLAIM_MILLISECONDS) } },
    { sort: { nextAt: 1 }, new: true },
  );
}

function describe(error: Error): string {
  return `${error.name}: ${error.message}`;
}
