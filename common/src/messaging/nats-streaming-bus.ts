import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { Deferred } from './deferred';
import { BusUnavailableError, type BusState, type ConsumerLag, type EventBus, type Subscription } from './event-bus';
import { readConsumerLag } from './nats-streaming/monitoring';
import { Session, type SessionSettings } from './nats-streaming/session';
import { Subscriber } from './nats-streaming/subscriber';
import { withTimeLimit } from './time-limit';

export interface NatsStreamingBusOptions {
  readonly url: string;
  readonly clusterId: string;
  /** Unique among living clients, and the same after a restart where possible: the server then lets it back in at once. */
  readonly clientId: string;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** The server's monitoring address; without it nothing is known of the consumers' lag. */
  readonly monitorUrl?: string | undefined;
}

/** Longer than a handler may take. */
const DRAIN_LIMIT_MS = 12_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1000;

/**
 * NATS Streaming behind the interface of a bus. It goes from session to session for as long as it lives: whatever
 * happens to one (server gone, silent, restarted with an empty store, streaming absent) ends in the next.
 */
export class NatsStreamingBus implements EventBus {
  private readonly settings: SessionSettings;
  private readonly log: NatsStreamingBusOptions['log'];
  private readonly monitorUrl: string | undefined;
  private readonly subscribers: Subscriber[] = [];
  private readonly firstConnection = new Deferred();
  private readonly stopping = new AbortController();
  private session: Session | undefined;
  private sessions: Promise<void> | undefined;
  private closing: Promise<void> | undefined;
  private wasConnected = false;
  private isClosed = false;
  private failures = 0;
  private lastFailure = '';

  /** @throws Error when a setting can't be right. */
  constructor({ url, clusterId, clientId, log, monitorUrl }: NatsStreamingBusOptions) {
    this.settings = { url: checkedUrl(url), clusterId: checkedName(clusterId), clientId: checkedName(clientId) };
    this.log = log;
    this.monitorUrl = monitorUrl;
  }

  get state(): BusState {
    if (this.isClosed) return 'closed';
    if (this.session?.isOpen) return 'connected';
    return this.wasConnected ? 'disconnected' : 'connecting';
  }

  async connect(): Promise<void> {
    this.assertNotClosing();
    this.sessions ??= this.keepConnected();
    await this.firstConnection.promise;
  }

  async publish(subject: string, payload: string): Promise<void> {
    if (!this.session?.isOpen) throw new BusUnavailableError(`the bus is ${this.state}`);
    await this.session.publish(subject, payload);
  }

  async subscribe(subscription: Subscription): Promise<void> {
    this.assertNotClosing();
    const subscriber = new Subscriber(subscription, this.log);
    this.subscribers.push(subscriber);
    if (this.session?.isOpen) void subscriber.join(this.session);
    await subscriber.joined();
  }

  async consumerLag(): Promise<readonly ConsumerLag[]> {
    if (!this.monitorUrl) return [];
    const groups = this.subscribers.map((subscriber) => subscriber.membership);
    return readConsumerLag(this.monitorUrl, groups);
  }

  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  private async shutDown(): Promise<void> {
    const drained = Promise.all(this.subscribers.map((subscriber) => subscriber.drain()));
    await withTimeLimit(drained, DRAIN_LIMIT_MS, 'draining').catch((error: unknown) =>
      this.log.warn({ error }, 'handlers still at work; their messages will be delivered again'),
    );
    const reason = new BusUnavailableError('the bus was closed');
    this.stopping.abort();
    this.session?.lose(reason);
    await this.sessions;
    this.isClosed = true;
    this.firstConnection.reject(reason);
  }

  private async keepConnected(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      this.session = new Session(this.settings, (session) => this.onConnected(session));
      this.onLost(await this.session.end());
      const wait = Math.min(FIRST_PAUSE_MS * 2 ** this.failures, LONGEST_PAUSE_MS);
      await pause(wait, undefined, { signal }).catch(() => undefined);
    }
  }

  private onConnected(session: Session): void {
    this.log.info(this.describe(), 'connected to NATS Streaming');
    this.wasConnected = true;
    this.failures = 0;
    this.lastFailure = '';
    for (const subscriber of this.subscribers) void subscriber.join(session);
    this.firstConnection.resolve();
  }

  /** Says each reason once: while the server is away an attempt fails every second or so. */
  private onLost(error: Error): void {
    this.failures += 1;
    if (this.closing || error.message === this.lastFailure) return;
    this.lastFailure = error.message;
    this.log.warn({ ...this.describe(), error }, 'no connection to NATS Streaming, trying again');
  }

  private assertNotClosing(): void {
    if (this.closing) throw new BusUnavailableError('the bus was closed');
  }

  private describe(): Omit<SessionSettings, 'url'> & { host: string } {
    const { url, ...names } = this.settings;
    return { host: new URL(url).host, ...names };
  }
}

function checkedUrl(text: string): string {
  const url = new URL(text);
  if (!['nats:', 'tls:'].includes(url.protocol)) throw new Error(`not a NATS address: ${url.protocol}//${url.host}`);
  url.port ||= '4222';
  return url.href;
}

function checkedName(name: string): string {
  if (!/^[\w-]+$/.test(name)) throw new Error(`NATS Streaming takes letters, digits, "-" and "_" only, not "${name}"`);
  return name;
}
