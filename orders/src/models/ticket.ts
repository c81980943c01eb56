import { applyIfNewer, type EventData } from '@ticketing/common';
import { model, Schema, type Require_id, type Types } from 'mongoose';

/**
 * What orders knows of a ticket. Whether it is free is not among that: the orders themselves tell. Of a ticket whose
 * deletion came before its creation nothing is known but that it is withdrawn.
 */
interface TicketState {
  version: number;
  title: string;
  price: number;
  userId: string;
  startsAt?: Date;
  withdrawn?: boolean;
}

export type KnownTicket = Require_id<TicketState>;

const ticketSchema = new Schema<TicketState>(
  {
    version: { type: Number, required: true },
    title: { type: String },
    price: { type: Number },
    userId: { type: String },
    startsAt: { type: Date },
    withdrawn: { type: Boolean },
  },
  { versionKey: false },
);

export const Ticket = model<TicketState>('Ticket', ticketSchema);

/** A state of the ticket, which is not withdrawn then: if it was, its sale was faster and stands. */
export async function storeTicket(data: EventData<'ticket:created' | 'ticket:updated'>): Promise<void> {
  const { id, version, title, price, userId } = data;
  const startsAt = data.startsAt === undefined ? undefined : new Date(data.startsAt);
  await applyIfNewer(Ticket, id, version, { title, price, userId, startsAt, withdrawn: undefined });
}

export async function storeWithdrawal({ id, version }: EventData<'ticket:deleted'>): Promise<void> {
  await applyIfNewer(Ticket, id, version, { withdrawn: true });
}

export async function isWithdrawn(ticketId: string | Types.ObjectId): Promise<boolean> {
  return (await Ticket.exists({ _id: ticketId, withdrawn: true })) !== null;
}
