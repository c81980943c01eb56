import Stripe from 'stripe';
import type { Store, StoredEvent } from './store';

export interface WebhookEndpoint {
  readonly url: string;
  readonly secret: string;
}

const ANSWER_LIMIT_MILLISECONDS = 5000;
const LONGEST_PAUSE_MILLISECONDS = 60_000;
const MOST_ATTEMPTS = 20;

/** Tells the endpoint what happened: signed, one event after the other, again and again until it answers with 2xx. */
export class WebhookDelivery {
  private running: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly store: Store,
    private readonly endpoint: WebhookEndpoint | undefined,
  ) {}

  /** Delivers what is due, now and later, without anybody waiting for it. */
  wake(): void {
    if (!this.endpoint || this.stopped) return;
    clearTimeout(this.timer);
    this.running ??= this.run(this.endpoint).finally(() => {
      this.running = undefined;
      this.wakeLater();
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async run(endpoint: WebhookEndpoint): Promise<void> {
    for (let event = this.nextDue(); event && !this.stopped; event = this.nextDue()) {
      this.record(event, await deliver(event, endpoint));
    }
  }

  private record(event: StoredEvent, delivered: boolean): void {
    const attempts = event.attempts + 1;
    const pause = Math.min(LONGEST_PAUSE_MILLISECONDS, 500 * 2 ** attempts);
    const state = delivered ? 'delivered' : attempts < MOST_ATTEMPTS ? 'waiting' : 'given up';
    this.store.write([['events', { ...event, attempts, state, nextAt: Date.now() + pause }]]);
  }

  private nextDue(): StoredEvent | undefined {
    return this.waiting().find((event) => event.nextAt <= Date.now());
  }

  private wakeLater(): void {
    const next = Math.min(...this.waiting().map((event) => event.nextAt));
    if (this.stopped || !Number.isFinite(next)) return;
    this.timer = setTimeout(() => this.wake(), Math.max(0, next - Date.now()));
  }

  private waiting(): StoredEvent[] {
    return this.store.all('events').filter((event) => event.state === 'waiting');
  }
}

/** The body and the signature header with which an event travels. */
export function signEvent({ id, type, created, object }: StoredEvent, secret: string) {
  const payload = JSON.stringify({ id, object: 'event', type, created, livemode: false, data: { object } });
  return { payload, signature: Stripe.webhooks.generateTestHeaderString({ payload, secret }) };
}

async function deliver(event: StoredEvent, { url, secret }: WebhookEndpoint): Promise<boolean> {
  const { payload, signature } = signEvent(event, secret);
  const headers = { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature };
  try {
    const signal = AbortSignal.timeout(ANSWER_LIMIT_MILLISECONDS);
    return (await fetch(url, { method: 'POST', headers, body: payload, signal })).ok;
  } catch {
    return false;
  }
}
