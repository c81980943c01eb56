import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { isDuplicateKey } from './duplicate-key';

interface LeaseDocument {
  _id: string;
  holder: string;
  until: Date;
}

const thisProcess = randomUUID();

/**
 * A right that one process of a service has at a time, kept in the service's database and measured by the database's
 * clock. It spares work and does not guard correctness: whoever overruns the lease shares it with the next holder.
 */
export class Lease {
  private prepared = false;

  /** @param milliseconds how long the right lasts when its holder dies */
  constructor(
    private readonly name: string,
    private readonly milliseconds: number,
  ) {}

  /** Takes or renews the lease. @returns false while somebody else has it */
  async hold(): Promise<boolean> {
    await this.prepare();
    const mine = { $eq: ['$holder', thisProcess] };
    const free = { $lt: ['$until', '$$NOW'] };
    const held = await this.collection.findOneAndUpdate({ _id: this.name, $expr: { $or: [mine, free] } }, [
      { $set: { holder: thisProcess, until: { $add: ['$$NOW', this.milliseconds] } } },
    ]);
    return held !== null;
  }

  /** MongoDB refuses `$expr` in the filter of an upsert, so the document is made beforehand. */
  private async prepare(): Promise<void> {
    if (this.prepared) return;
    try {
      await this.collection.insertOne({ _id: this.name, holder: 'nobody', until: new Date(0) });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    this.prepared = true;
  }

  private get collection() {
    return mongoose.connection.collection<LeaseDocument>('leases');
  }
}
