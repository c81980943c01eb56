import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { databaseUri, Fault, fillShop, startSystem, type ServiceName, type System } from '@ticketing/local';
import mongoose from 'mongoose';
import { request, type APIRequestContext, type APIResponse } from 'playwright-core';

export type Person = 'seller' | 'buyer' | 'newcomer';

export interface Ticket {
  readonly id: string;
}
export interface Order {
  readonly id: string;
  readonly status: string;
}

const PASSWORD = 'correct horse battery staple';
const PATIENCE_MILLISECONDS = 30_000;
const PAUSE_MILLISECONDS = 100;

/** The whole system as `npm start` runs it, on data of its own, and people who use it over HTTP. */
export class Shop {
  private readonly people = new Map<Person, Promise<APIRequestContext>>();
  private filled: Promise<void> | undefined;

  private constructor(
    readonly system: System,
    private readonly folder: string,
  ) {}

  static async open(): Promise<Shop> {
    const folder = mkdtempSync(join(tmpdir(), 'inspection-'));
    return new Shop(await startSystem({ folder, client: 'production', given: { LOG_LEVEL: 'warn' } }), folder);
  }

  async close(): Promise<void> {
    await this.system.stop();
    rmSync(this.folder, { recursive: true });
  }

  get url(): string {
    return this.system.url;
  }

  /** What a browser has to know to be this person's. */
  async sessionOf(person: Person | undefined) {
    return person && (await this.person(person)).storageState();
  }

  /** What people may have offered before. */
  fill(): Promise<void> {
    this.filled ??= fillShop(this.url);
    return this.filled;
  }

  async list(details: object = {}): Promise<Ticket> {
    const ticket = {
      title: 'Late Night Jazz Trio',
      price: 49.9,
      category: 'concert',
      venue: 'Blue Cellar',
      startsAt: '2099-05-14T20:00:00.000Z',
      description: 'Two sets with a break between them.\nThe seat is at a table near the stage.',
      ...details,
    };
    return this.ask<Ticket>('seller', 'post', '/api/tickets', ticket);
  }

  async reserve(ticket?: Ticket): Promise<Order> {
    const { id: ticketId } = ticket ?? (await this.list());
    return this.ask<Order>('buyer', 'post', '/api/orders', { ticketId });
  }

  async buy(ticket?: Ticket): Promise<Order> {
    const order = await this.reserve(ticket);
    await this.ask('buyer', 'post', '/api/payments', { orderId: order.id, token: 'tok_visa' });
    return this.orderIs('complete', order);
  }

  async cancel(order: Order): Promise<Order> {
    const buyer = await this.person('buyer');
    await expectOk(await buyer.delete(`/api/orders/${order.id}`));
    return this.orderIs('cancelled', order);
  }

  /** Moves the end of the order's time to this moment, as waiting would. */
  async expire(order: Order): Promise<Order> {
    const uri = databaseUri(this.system.part('mongodb').url, 'orders');
    const connection = await mongoose.createConnection(uri).asPromise();
    const _id = new mongoose.Types.ObjectId(order.id);
    await connection.collection('orders').updateOne({ _id }, { $set: { expiresAt: new Date() } });
    await connection.close();
    return this.orderIs('cancelled', order);
  }

  /** Everybody who shows the ticket has heard what became of it. */
  async ticketIs(status: string, { id }: Ticket): Promise<void> {
    await this.eventually(`the ticket to be ${status}`, async () => {
      const ticket = await this.ask<{ status: string }>('buyer', 'get', `/api/tickets/${id}`);
      return ticket.status === status || undefined;
    });
  }

  async without<T>(service: ServiceName | undefined, work: () => Promise<T>): Promise<T> {
    if (!service) return work();
    const part = this.system.part(service);
    await part.stop();
    try {
      return await work();
    } finally {
      await part.start();
    }
  }

  private orderIs(status: string, { id }: Order): Promise<Order> {
    return this.eventually(`the order to be ${status}`, async () => {
      const order = await this.ask<Order>('buyer', 'get', `/api/orders/${id}`);
      return order.status === status ? order : undefined;
    });
  }

  /** The services hear of each other's news by events: what was made a moment ago may not be known yet. */
  private async ask<T>(person: Person, method: 'get' | 'post', path: string, data?: object): Promise<T> {
    const visitor = await this.person(person);
    const answer = await this.eventually(`${path} to be found`, async () => {
      const response = await visitor[method](path, { data });
      return response.status() === 404 ? undefined : response;
    });
    return (await (await expectOk(answer)).json()) as T;
  }

  private person(name: Person): Promise<APIRequestContext> {
    const person = this.people.get(name) ?? this.signUp(name);
    this.people.set(name, person);
    return person;
  }

  private async signUp(name: Person): Promise<APIRequestContext> {
    const person = await request.newContext({ baseURL: this.url });
    const account = { email: `${name}@example.com`, password: PASSWORD };
    await expectOk(await person.post('/api/users/signup', { data: account }));
    return person;
  }

  private async eventually<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
    const end = Date.now() + PATIENCE_MILLISECONDS;
    while (Date.now() < end) {
      const found = await look();
      if (found !== undefined) return found;
      await sleep(PAUSE_MILLISECONDS);
    }
    throw new Fault(`Waited in vain for ${what}.`);
  }
}

async function expectOk(response: APIResponse): Promise<APIResponse> {
  if (response.ok()) return response;
  throw new Fault(`${response.url()} answers ${response.status()}: ${await response.text()}`);
}
