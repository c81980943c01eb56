import type { EventType } from '@ticketing/common';
import mongoose, { type Connection } from 'mongoose';

/** Where the handling of an event leaves its trace, and which. */
interface Trace {
  readonly collection: string;
  readonly state: object;
}

const traces: Record<string, Partial<Record<EventType, Trace>>> = {
  tickets: {
    'order:created': { collection: 'tickets', state: { 'orders.status': 'created' } },
    'order:cancelled': { collection: 'tickets', state: { 'orders.status': 'cancelled' } },
    'order:completed': { collection: 'tickets', state: { 'orders.status': 'complete' } },
  },
  orders: {
    'ticket:created': { collection: 'tickets', state: { version: 0 } },
    'ticket:updated': { collection: 'tickets', state: { version: { $gt: 0 } } },
    'ticket:deleted': { collection: 'tickets', state: { withdrawn: true } },
    'payment:created': { collection: 'orders', state: { status: 'complete' } },
    'payment:failed': { collection: 'orders', state: { reason: 'unpaid' } },
    'expiration:complete': { collection: 'orders', state: { reason: 'expired' } },
  },
  payments: {
    'order:created': { collection: 'payments', state: { 'order.status': 'created' } },
    'order:cancelled': { collection: 'payments', state: { 'order.status': 'cancelled' } },
    'order:completed': { collection: 'payments', state: { 'order.status': 'complete' } },
  },
};

/** The databases, as an operator gets at them. */
export class Databases {
  private constructor(private readonly connection: Connection) {}

  static async at(mongodb: string): Promise<Databases> {
    return new Databases(await mongoose.createConnection(mongodb).asPromise());
  }

  async close(): Promise<void> {
    await this.connection.close();
  }

  of(service: string): Connection {
    return this.connection.useDb(service, { useCache: true });
  }

  /** Has the database refuse what the service would store about an event of the type: its handler fails. */
  async refuse(service: string, type: EventType): Promise<void> {
    const { collection, state } = traceOf(service, type);
    await this.validate(service, collection, { $nor: [state] });
  }

  async refuseNoLonger(service: string, type: EventType): Promise<void> {
    await this.validate(service, traceOf(service, type).collection, {});
  }

  /** How many events of the type the service has set aside. */
  setAside(service: string, subject: EventType): Promise<number> {
    return this.of(service).collection('parked_events').countDocuments({ subject });
  }

  /** The id of an order for the ticket, which orders may not have told anybody yet. */
  async orderFor(ticketId: string): Promise<string | undefined> {
    const order = { 'ticket.id': new mongoose.Types.ObjectId(ticketId) };
    const found = await this.of('orders').collection('orders').findOne(order);
    return found?._id.toHexString();
  }

  /** Nobody in the service does this sweep for so long. */
  async holdUp(service: string, sweep: string, milliseconds: number): Promise<void> {
    const until = new Date(Date.now() + milliseconds);
    const leases = this.of(service).collection<{ _id: string }>('leases');
    await leases.updateOne({ _id: sweep }, { $set: { holder: 'somebody else', until } });
  }

  private async validate(service: string, collection: string, validator: object): Promise<void> {
    await this.of(service).db?.command({ collMod: collection, validator, validationLevel: 'strict' });
  }
}

function traceOf(service: string, type: EventType): Trace {
  const trace = traces[service]?.[type];
  if (!trace) throw new Error(`${service} does not hear ${type}, or nobody said here what follows from it`);
  return trace;
}
