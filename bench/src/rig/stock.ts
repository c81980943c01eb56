import { newId, signIn } from '@ticketing/common/testing';
import { mongo, type Collection } from 'mongoose';
import { insist } from '../load/ask';
import type { Rig } from './rig';
import { artists, categories, places } from './words';

type Stored = mongo.Document & { readonly _id: mongo.ObjectId };

/** A ticket that the services stored themselves: in tickets, and what orders knows of it. */
interface Template {
  readonly ticket: Stored;
  readonly replica: Stored;
}

const TEMPLATES = 120;
const SELLERS = 10;
const BATCH = 2000;
const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;

/** Tickets on sale, by the thousand: copies of some that were listed by requests, so that they lack nothing. */
export class Stock {
  private templates: readonly Template[] = [];
  private free: string[] = [];
  private made = 0;

  constructor(private readonly rig: Rig) {}

  /** Exactly so many tickets, and no order. */
  async renew(count: number): Promise<void> {
    if (this.templates.length === 0) this.templates = await this.makeTemplates();
    await this.rig.quiet();
    await Promise.all(this.collections().map((collection) => collection.deleteMany({})));
    this.free = [];
    await this.add(count);
  }

  async add(count: number, report: (far: string) => void = () => undefined): Promise<void> {
    const restore = await withoutIndexes(this.collections()[0]);
    for (let done = 0; done < count; done += BATCH) {
      await this.insert(Math.min(BATCH, count - done));
      report(`${Math.min(done + BATCH, count)} of ${count}`);
    }
    report('building the indexes');
    await restore();
  }

  /** One that nobody has ordered. */
  take(): string {
    const id = this.free.pop();
    if (id === undefined) throw new Error('all tickets are sold; the benchmark needs more of them');
    return id;
  }

  private collections() {
    const { rig } = this;
    return [
      rig.collection('tickets', 'tickets'),
      rig.collection('orders', 'tickets'),
      rig.collection('orders', 'orders'),
      rig.collection('payments', 'payments'),
    ] as const;
  }

  private async makeTemplates(): Promise<Template[]> {
    const sellers = Array.from({ length: SELLERS }, () => signIn(newId()));
    for (let index = 0; index < TEMPLATES; index += 1) {
      const question = { method: 'POST', cookie: sellers[index % SELLERS], body: detailsOf(index) } as const;
      await insist(201, `${this.rig.url('tickets')}/api/tickets`, question);
    }
    await this.rig.quiet();
    const [tickets, replicas] = this.collections();
    const known = new Map((await replicas.find<Stored>({}).toArray()).map((replica) => [String(replica._id), replica]));
    return (await tickets.find<Stored>({}).toArray()).flatMap((ticket) => {
      const replica = known.get(String(ticket._id));
      return replica ? [{ ticket, replica }] : [];
    });
  }

  private async insert(count: number): Promise<void> {
    const [tickets, replicas] = this.collections();
    const copies = Array.from({ length: count }, () => this.copy());
    await Promise.all([
      tickets.insertMany(
        copies.map(({ ticket }) => ticket),
        { ordered: false },
      ),
      replicas.insertMany(
        copies.map(({ replica }) => replica),
        { ordered: false },
      ),
    ]);
    this.free.push(...copies.map(({ ticket }) => ticket._id.toHexString()));
  }

  /** Differs from its template where a query looks. */
  private copy(): Template {
    this.made += 1;
    const template = this.templates[this.made % this.templates.length];
    if (!template) throw new Error('no ticket was listed to make copies of');
    const { ticket, replica } = template;
    const changed = { _id: new mongo.ObjectId(), price: 5 + ((this.made * 7919) % 49_500) / 100 };
    const createdAt = new Date(Date.now() - ((this.made * 104_729) % YEAR));
    const startsAt = new Date(Date.now() + HOUR + ((this.made * 15_485_863) % YEAR));
    return {
      ticket: { ...ticket, ...changed, createdAt, startsAt, sellableUntil: startsAt },
      replica: { ...replica, ...changed, startsAt },
    };
  }
}

/** To build an index when all is there takes a fifth of the time. @returns what puts them back as they were */
async function withoutIndexes(collection: Collection): Promise<() => Promise<unknown>> {
  const indexes = (await collection.indexes()).filter(({ name }) => name !== '_id_') as mongo.IndexDescription[];
  await collection.dropIndexes();
  return () => Promise.all(indexes.map((index) => collection.createIndexes([index])));
}

function detailsOf(index: number) {
  return {
    title: `${artists[index % artists.length]} in row ${index}`,
    price: 25,
    category: categories[index % categories.length],
    venue: places[index % places.length],
    startsAt: new Date(Date.now() + YEAR).toISOString(),
    description: 'Two steps from the stage.',
  };
}
