import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TEST_JWT_KEY } from '@ticketing/common/testing';
import {
  databaseUri,
  Fault,
  inClone,
  startSystem,
  type PartName,
  type ServiceName,
  type System,
} from '@ticketing/local';
import mongoose, { type Connection } from 'mongoose';
import type { Sizes } from '../sizes';
import { Stock } from './stock';
import { Told } from './told';
import { until } from './until';

/** No reservation ends while something else is measured. */
const WINDOW_SECONDS = '3600';
const owners = { tickets: 'tickets', orders: 'orders', payments: 'payments' } as const;

type Preload = 'tell-saves' | 'tell-sweeps';

/** The whole system as `npm start` runs it, without its pages, on data of its own, and what is needed to load it. */
export class Rig {
  readonly told = new Told();
  /** Rejects when a part has ended that nobody had stopped: what is measured without it says nothing. */
  readonly loss: Promise<never>;
  readonly jwtKey = TEST_JWT_KEY;
  /** Whether the services have been at work for long enough to be as fast as they get. */
  isWarm = false;
  readonly folder = mkdtempSync(join(tmpdir(), 'bench-'));
  private preloads: readonly Preload[] = [];
  private running: { system: System; connection: Connection; stock: Stock } | undefined;

  private onLoss!: (what: Fault) => void;

  private constructor(readonly sizes: Sizes) {
    this.loss = new Promise((_resolve, reject) => (this.onLoss = reject));
    this.loss.catch(() => undefined);
  }

  static async open(sizes: Sizes): Promise<Rig> {
    const rig = new Rig(sizes);
    const system = await startSystem({
      folder: rig.folder,
      given: { JWT_KEY: rig.jwtKey, EXPIRATION_WINDOW_SECONDS: WINDOW_SECONDS },
      adjust: (_part, settings) => rig.adjust(settings),
      onLine: (part, line) => rig.told.hear(part, line),
      onEnd: ({ name }, ending) => rig.onLoss(new Fault(`${name} ended while it was measured (${ending}).`)),
    });
    const connection = await mongoose.createConnection(system.part('mongodb').url).asPromise();
    rig.running = { system, connection, stock: new Stock(rig) };
    return rig;
  }

  async close(): Promise<void> {
    await this.running?.connection.close();
    await this.running?.system.stop();
    rmSync(this.folder, { recursive: true });
  }

  get stock(): Stock {
    return this.open.stock;
  }

  /** The address of a service itself, past the gateway. */
  url(service: ServiceName): string {
    return this.part(service).url;
  }

  part(name: PartName) {
    return this.open.system.part(name);
  }

  /** Where a database is, as a service is told. */
  databaseUri(name: string): string {
    return databaseUri(this.part('mongodb').url, name);
  }

  collection(database: string, name: string) {
    return this.database(database).collection(name);
  }

  database(name: string): Connection {
    return this.open.connection.useDb(name, { useCache: true });
  }

  /** Starts services anew, with something in them that tells more than they do by themselves. */
  async restartWith(preloads: readonly Preload[], ...services: ServiceName[]): Promise<void> {
    this.preloads = preloads;
    this.isWarm = false;
    for (const service of services) await this.part(service).restart();
    this.preloads = [];
  }

  /** Resolves when all that was announced has been said, heard and dealt with. */
  async quiet(): Promise<void> {
    await until(
      'all events to be dealt with',
      async () => (await this.unsent('tickets', 'orders', 'payments')) === 0 && (await this.open.system.isBrokerIdle()),
    );
  }

  /** How many aggregates of these services have events that wait for the broker. */
  async unsent(...services: (keyof typeof owners)[]): Promise<number> {
    const waiting = { 'outbox.at': { $gt: new Date(0) } };
    const counts = services.map((service) => this.collection(service, owners[service]).countDocuments(waiting));
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  }

  private get open() {
    if (!this.running) throw new Error('the system does not run yet');
    return this.running;
  }

  private adjust(settings: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    const requires = this.preloads.map((name) => `--require=${inClone('bench/dist/preloads', `${name}.js`)}`);
    return requires.length > 0 ? { ...settings, NODE_OPTIONS: requires.join(' ') } : settings;
  }
}
