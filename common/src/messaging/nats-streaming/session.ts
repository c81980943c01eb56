import { connect, type Message, type Stan } from 'node-nats-streaming';
import pLimit from 'p-limit';
import { Deferred } from '../deferred';
import { BusUnavailableError } from '../event-bus';
import { withTimeLimit } from '../time-limit';

export interface SessionSettings {
  readonly url: string;
  readonly clusterId: string;
  readonly clientId: string;
}

export interface Membership {
  readonly subject: string;
  readonly group: string;
  readonly maxInFlight: number;
  readonly ackWaitSeconds: number;
}

const PING_INTERVAL_MS = 1000;
const MISSED_PINGS = 3;
const REQUEST_LIMIT_MS = 2000;
const CONNECT_LIMIT_MS = 5000;
const ACK_LIMIT_MS = 10_000;
/** Far below the client's own window, above which it reports an error and sends the message all the same. */
const MAX_UNANSWERED_PUBLISHES = 512;
/** The server takes 1 MiB with the frame around it, and cuts the connection of whoever sends more. */
const MAX_PAYLOAD_BYTES = 1024 * 1024 - 4096;

/**
 * One life of the client, from dialling to the first sign of trouble. It is never revived: after a lost connection the
 * client calls back unanswered publishes as if they were stored, and may hold subscriptions that the server has
 * forgotten. A new session starts from nothing that could be wrong.
 */
export class Session {
  private readonly client: Stan;
  private readonly loss = new Deferred<Error>();
  private readonly unanswered = new Set<(reason: Error) => void>();
  private readonly window = pLimit(MAX_UNANSWERED_PUBLISHES);
  private status: 'dialling' | 'open' | 'lost' = 'dialling';
  private clientIsClosed = false;

  constructor(settings: SessionSettings, onOpen: (session: Session) => void) {
    this.client = connect(settings.clusterId, settings.clientId, {
      url: settings.url,
      reconnect: false,
      pingInterval: PING_INTERVAL_MS,
      maxPingOut: MISSED_PINGS,
      stanPingInterval: PING_INTERVAL_MS,
      stanMaxPingOut: MISSED_PINGS,
      connectTimeout: REQUEST_LIMIT_MS,
      ackTimeout: ACK_LIMIT_MS,
    });
    this.watch(onOpen);
  }

  get isOpen(): boolean {
    return this.status === 'open';
  }

  /** Why the session ended. Only then may the next one start: a living client id is refused. */
  async end(): Promise<Error> {
    const reason = await this.loss.promise;
    await this.dispose();
    return reason;
  }

  lose(reason: Error): void {
    if (this.status === 'lost') return;
    this.status = 'lost';
    for (const reject of this.unanswered) reject(reason);
    this.loss.resolve(reason);
  }

  async publish(subject: string, payload: string): Promise<void> {
    const size = Buffer.byteLength(payload);
    if (size > MAX_PAYLOAD_BYTES) throw new Error(`a payload of ${size} bytes is over ${MAX_PAYLOAD_BYTES}`);
    await this.window(() => this.send(subject, payload));
  }

  /** Resolves when the server has confirmed it; a refusal rejects and leaves nothing behind. */
  join(membership: Membership, onMessage: (message: Message) => void): Promise<void> {
    const { subject, group, maxInFlight, ackWaitSeconds } = membership;
    const options = this.client
      .subscriptionOptions()
      .setDurableName(group)
      .setDeliverAllAvailable()
      .setManualAckMode(true)
      .setMaxInFlight(maxInFlight)
      .setAckWait(ackWaitSeconds * 1000);
    const subscription = this.client.subscribe(subject, group, options);
    const joined = new Promise<void>((resolve, reject) => {
      subscription.on('ready', resolve);
      subscription.on('error', (reason: unknown) => reject(toError(reason)));
      // The server may have joined us all the same, and would send us messages for ever that we don't hear.
      subscription.on('timeout', () => this.lose(new Error(`no answer to the subscription to ${subject}`)));
      void this.loss.promise.then(reject);
    });
    // A message can overtake the confirmation, and can't be acknowledged before it.
    subscription.on('message', (message: Message) => void joined.then(() => onMessage(message), ignore));
    return joined;
  }

  private send(subject: string, payload: string): Promise<void> {
    if (!this.isOpen) throw new BusUnavailableError('the connection was lost before the message was sent');
    return new Promise((resolve, reject) => {
      const rejectAsUnknown = (reason: unknown): void =>
        reject(new BusUnavailableError(`the message may not be stored: ${toError(reason).message}`));
      this.unanswered.add(rejectAsUnknown);
      this.client.publish(subject, payload, (error) => {
        this.unanswered.delete(rejectAsUnknown);
        if (error) rejectAsUnknown(error);
        else resolve();
      });
    });
  }

  /** The listeners stay for good: an `error` event without one would end the process. */
  private watch(onOpen: (session: Session) => void): void {
    const patience = setTimeout(() => this.lose(new Error('no answer from the server')), CONNECT_LIMIT_MS);
    void this.loss.promise.then(() => clearTimeout(patience));
    this.client.on('connect', () => {
      clearTimeout(patience);
      if (this.status !== 'dialling') return;
      this.status = 'open';
      onOpen(this);
    });
    this.client.on('error', (reason: unknown) => this.lose(toError(reason)));
    this.client.on('connection_lost', (reason: unknown) => this.lose(toError(reason)));
    this.client.on('disconnect', () => this.lose(new Error('the connection was cut')));
    this.client.on('close', () => {
      this.lose(new Error('the connection was closed'));
      this.clientIsClosed = true;
    });
  }

  /** Says goodbye if the server still listens: it then gives what this client had in hand to others at once. */
  private async dispose(): Promise<void> {
    if (this.clientIsClosed) return;
    const closed = new Promise((resolve) => this.client.once('close', resolve));
    this.client.close();
    await withTimeLimit(closed, 2 * REQUEST_LIMIT_MS, 'closing').catch(ignore);
  }
}

/** The client reports some errors as plain strings. */
function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

function ignore(): void {
  // a promise whose rejection is somebody else's to report
}
