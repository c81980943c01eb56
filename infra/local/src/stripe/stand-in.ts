import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import { createApi, type SeenRequest } from './api';
import { createBank } from './bank';
import { createLedgerPages, readLedger, type Ledger } from './ledger';
import { Store, type StoredEvent } from './store';
import { WebhookDelivery, type WebhookEndpoint } from './webhooks';

export interface StandInOptions {
  /** Where it keeps its books; they survive a kill. */
  readonly folder: string;
  /** Who is told what happens; nobody by default. */
  readonly webhook?: WebhookEndpoint | undefined;
  readonly onRequest?: (request: SeenRequest) => void;
}

/**
 * The project's own stand-in for Stripe: it keeps state as Stripe does, for development and tests without an account
 * and without the internet. It is not Stripe, and production never chooses it.
 */
export class StripeStandIn {
  readonly app: Express;
  private readonly store: Store;
  private readonly delivery: WebhookDelivery;
  private server: Server | undefined;

  constructor(options: StandInOptions) {
    this.store = new Store(options.folder);
    this.delivery = new WebhookDelivery(this.store, options.webhook);
    const onChange = () => this.delivery.wake();
    this.app = express()
      .disable('x-powered-by')
      .set('query parser', 'extended')
      .use(createLedgerPages(this.store))
      .use(createBank(this.store, onChange))
      .use(createApi({ store: this.store, onChange, onRequest: options.onRequest ?? (() => undefined) }));
  }

  /** @returns the port taken */
  async listen(port = 0, host = '127.0.0.1'): Promise<number> {
    this.server = this.app.listen(port, host);
    await once(this.server, 'listening');
    this.delivery.wake();
    return (this.server.address() as AddressInfo).port;
  }

  /** The books, as `/ledger.json` shows them. */
  ledger(): Ledger {
    return readLedger(this.store);
  }

  /** The webhook events so far, whether anybody was told or not. */
  events(): StoredEvent[] {
    return this.store.all('events');
  }

  async close(): Promise<void> {
    await this.delivery.stop();
    if (this.server?.listening) {
      this.server.closeAllConnections();
      this.server.close();
      await once(this.server, 'close');
    }
    this.store.close();
  }
}
