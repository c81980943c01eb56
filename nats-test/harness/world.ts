import type { AnyEvent, OrderStatus, TicketStatus } from '@ticketing/common';
import mongoose, { type Connection } from 'mongoose';

type Id = { toString(): string } | string;

export interface OrderRecord {
  readonly _id: Id;
  readonly version: number;
  readonly status: OrderStatus;
  readonly reason?: string;
  readonly userId: string;
  readonly expiresAt: Date;
  readonly ticket: { readonly id: Id; readonly title: string; readonly price: number };
}
export interface TicketRecord {
  readonly _id: Id;
  readonly version: number;
  readonly status: TicketStatus;
  readonly orderId?: string;
  readonly orders: readonly { readonly id: string; readonly version: number; readonly status: OrderStatus }[];
  readonly title: string;
  readonly price: number;
  readonly userId: string;
  readonly deletedAt?: Date;
}
/** What orders knows of a ticket. */
export interface TicketReplica {
  readonly _id: Id;
  readonly version: number;
  readonly title?: string;
  readonly price?: number;
  readonly withdrawn?: boolean;
}
export interface PaymentRecord {
  readonly orderId: Id;
  readonly status?: string;
  readonly amount: number;
  readonly stripeId?: string;
  /** What payments knows of the order. */
  readonly order: { readonly version: number; readonly status: OrderStatus };
}
/** One intent at Stripe's stand-in, in cents. */
export interface LedgerEntry {
  readonly intent: string;
  readonly orderId?: string;
  readonly status: string;
  readonly amount: number;
  readonly held: number;
  readonly captured: number;
  readonly refunded: number;
}

/** Everything that the whole system knows, read past its services. */
export interface World {
  readonly orders: readonly OrderRecord[];
  readonly ticketReplicas: readonly TicketReplica[];
  readonly tickets: readonly TicketRecord[];
  readonly payments: readonly PaymentRecord[];
  readonly ledger: readonly LedgerEntry[];
  /** Events that have not left their service, and those that could not be handled, each with its place. */
  readonly unsent: readonly string[];
  readonly parked: readonly string[];
  /** What was said on the bus, in any order, repetitions included. */
  readonly history: readonly AnyEvent[];
}

const owners = { tickets: 'tickets', orders: 'orders', payments: 'payments' } as const;

/** Looks into the databases and the ledger. */
export class Observer {
  private constructor(
    private readonly connection: Connection,
    private readonly ledgerUrl: string,
  ) {}

  static async at(mongodb: string, ledgerUrl: string): Promise<Observer> {
    return new Observer(await mongoose.createConnection(mongodb).asPromise(), ledgerUrl);
  }

  async look(history: readonly AnyEvent[]): Promise<World> {
    return {
      orders: await this.all<OrderRecord>('orders', 'orders'),
      ticketReplicas: await this.all<TicketReplica>('orders', 'tickets'),
      tickets: await this.all<TicketRecord>('tickets', 'tickets'),
      payments: await this.all<PaymentRecord>('payments', 'payments'),
      ledger: await this.ledger(),
      unsent: await this.unsent(),
      parked: await this.parked(),
      history,
    };
  }

  async ledger(): Promise<LedgerEntry[]> {
    const response = await fetch(`${this.ledgerUrl}/ledger.json`);
    return ((await response.json()) as { intents: LedgerEntry[] }).intents;
  }

  /** A service's database, for whoever takes something away in it. */
  database(service: keyof typeof owners): Connection {
    return this.connection.useDb(service, { useCache: true });
  }

  async close(): Promise<void> {
    await this.connection.close();
  }

  private async unsent(): Promise<string[]> {
    const waiting = Object.entries(owners).map(async ([service, collection]) => {
      const found = await this.all<{ outbox: { type: string }[] }>(service, collection, {
        'outbox.0': { $exists: true },
      });
      return found.flatMap(({ outbox }) => outbox.map(({ type }) => `${type} in ${service}`));
    });
    return (await Promise.all(waiting)).flat();
  }

  private async parked(): Promise<string[]> {
    const parked = Object.keys(owners).map(async (service) => {
      const found = await this.all<{ subject: string; error: string }>(service, 'parked_events');
      return found.map(({ subject, error }) => `${subject} in ${service}: ${error}`);
    });
    return (await Promise.all(parked)).flat();
  }

  private async all<T>(database: string, collection: string, filter = {}): Promise<T[]> {
    const documents = this.connection.useDb(database, { useCache: true }).collection(collection).find(filter);
    return (await documents.toArray()) as unknown as T[];
  }
}
