import {
  aggregateModel,
  aggregateSchema,
  BadRequestError,
  ConflictError,
  ForbiddenError,
  type Aggregate,
  type OrderStatus,
  type TicketCategory,
  type TicketStatus,
} from '@ticketing/common';
import { Schema } from 'mongoose';
import { wordsOf } from './words';

/** What its seller says of a ticket. */
export interface TicketDetails {
  title: string;
  /** In dollars. */
  price: number;
  category: TicketCategory;
  venue: string | undefined;
  startsAt: Date | undefined;
  description: string | undefined;
}

/** An order as its newest event told it. */
export interface KnownOrder {
  id: string;
  version: number;
  status: OrderStatus;
  expiresAt: Date;
}

interface RecordedOrder extends KnownOrder {
  recordedAt: Date;
}

interface TicketState extends TicketDetails {
  userId: string;
  /** Follows from `orders`, as `orderId` does. */
  status: TicketStatus;
  /** The order that has the ticket. */
  orderId?: string | undefined;
  orders: RecordedOrder[];
  deletedAt?: Date;
  /** Whose list shows the ticket: fields for the indexes, made from the others at each save. */
  listedFor: 'everyone' | 'seller' | 'nobody';
  /** When it starts; far in the future for a ticket without a time. */
  sellableUntil: Date;
  /** What a search looks for. */
  words: string[];
}

interface TicketVerbs {
  /** Replaces all details; an undefined one is removed. */
  edit(details: TicketDetails): void;
  withdraw(): void;
  /** Takes note of the state of an order for this ticket, unless a newer one is known. */
  recordOrder(order: KnownOrder): void;
  /** Whether its seller has taken it back. A sale that was faster stands, and the ticket with it. */
  isWithdrawn(): boolean;
  /** @throws ForbiddenError when it is somebody else's. */
  assertBelongsTo(userId: string): void;
}

/** Why its seller may not change a ticket. */
export const refusals = {
  forbidden: 'This ticket is not yours',
  ticket_reserved: 'Somebody has reserved this ticket',
  ticket_sold: 'This ticket is sold',
};

export type TicketDocument = Aggregate<TicketState, TicketVerbs>;

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;
/** A day more than dead letters are kept: until then an old event of a cancelled order may come again. */
const CANCELLED_ORDERS_KEPT_MILLISECONDS = 91 * DAY_MILLISECONDS;
const NEVER = new Date('9999-12-31T23:59:59.999Z');

const orderSchema = new Schema<RecordedOrder>(
  {
    id: { type: String, required: true },
    version: { type: Number, required: true },
    status: { type: String, required: true },
    expiresAt: { type: Date, required: true },
    recordedAt: { type: Date, required: true },
  },
  { _id: false, id: false },
);

const ticketSchema = aggregateSchema<TicketState, TicketVerbs>({
  source: '/tickets',
  fields: {
    title: { type: String, required: true },
    price: { type: Number, required: true },
    category: { type: String, required: true },
    venue: { type: String },
    startsAt: { type: Date },
    description: { type: String },
    userId: { type: String, required: true },
    status: { type: String, required: true, default: 'available' },
    orderId: { type: String },
    orders: { type: [orderSchema], default: [] },
    deletedAt: { type: Date },
    listedFor: { type: String, required: true },
    sellableUntil: { type: Date, required: true },
    words: { type: [String] },
  },
  hidden: ['orders', 'deletedAt', 'listedFor', 'sellableUntil', 'words'],
  presentEvent,
  verbs: {
    edit(details) {
      const isMoved = details.startsAt?.getTime() !== this.startsAt?.getTime();
      if (isMoved && details.startsAt && !isAhead(details.startsAt)) throw notAhead();
      assertFree(this);
      Object.assign(this, details);
      this.announce('ticket:updated');
    },

    withdraw() {
      assertFree(this);
      this.deletedAt = new Date();
      this.announce('ticket:deleted');
    },

    recordOrder({ id, version, status, expiresAt }) {
      const known = this.orders.find((order) => order.id === id);
      if (known && known.version >= version) return;
      const others = this.orders.filter((order) => order !== known && !isForgettable(order));
      this.orders = [...others, { id, version, status, expiresAt, recordedAt: new Date() }];
      lock(this);
      this.announce(presentEvent(this));
    },

    isWithdrawn() {
      return this.deletedAt !== undefined && this.status !== 'sold';
    },

    assertBelongsTo(userId) {
      if (this.userId !== userId) throw new ForbiddenError('forbidden', refusals.forbidden);
    },
  },
});

// Before the event is stamped, and whichever verb it was.
ticketSchema.pre('validate', function () {
  this.sellableUntil = this.startsAt ?? NEVER;
  this.words = wordsOf(this.title, this.venue, this.description);
  this.listedFor = listFor(this);
  // Written even if it seems to be the same: `unlistPastTickets` may have changed it in the database since.
  this.markModified('listedFor');
});

// Each list is read in the order of its index. What stands behind the sort key lets filters look at keys, so that a
// ticket is fetched only when it is shown.
export const listedByAge = { listedFor: 1, category: 1, createdAt: -1, _id: -1, price: 1, sellableUntil: 1 } as const;
export const listedByPrice = { listedFor: 1, category: 1, price: 1, _id: 1, sellableUntil: 1 } as const;
export const listedByDate = { listedFor: 1, category: 1, sellableUntil: 1, _id: 1, price: 1 } as const;
export const ofSeller = {
  userId: 1,
  createdAt: -1,
  _id: -1,
  category: 1,
  price: 1,
  sellableUntil: 1,
  listedFor: 1,
} as const;
const listedByWord = { listedFor: 1, words: 'text', category: 1, price: 1, sellableUntil: 1 } as const;

for (const keys of [listedByAge, listedByPrice, listedByDate, ofSeller]) ticketSchema.index(keys);
// No language: "The Who" are two stop words in English.
ticketSchema.index(listedByWord, { default_language: 'none' });

export const Ticket = aggregateModel('Ticket', ticketSchema);

/** A new ticket, on sale once it is saved. */
export function offerTicket(userId: string, details: TicketDetails): TicketDocument {
  const ticket = new Ticket({ ...details, userId });
  ticket.announce('ticket:created');
  return ticket;
}

export function isAhead(time: Date): boolean {
  return time.getTime() > Date.now();
}

function presentEvent(ticket: TicketDocument) {
  return ticket.isWithdrawn() ? 'ticket:deleted' : 'ticket:updated';
}

/** Nobody can order a ticket before the order that had it has ended: of two that seem open, the younger has it. */
function lock(ticket: TicketDocument): void {
  const open = ticket.orders.filter(({ status }) => status !== 'cancelled');
  const [holder] = open.sort((one, other) => other.expiresAt.getTime() - one.expiresAt.getTime());
  ticket.status = holder === undefined ? 'available' : holder.status === 'complete' ? 'sold' : 'reserved';
  ticket.orderId = holder?.id;
}

function assertFree({ status }: TicketDocument): void {
  if (status === 'reserved') throw new ConflictError('ticket_reserved', refusals.ticket_reserved);
  if (status === 'sold') throw new ConflictError('ticket_sold', refusals.ticket_sold);
}

function isForgettable({ status, recordedAt }: RecordedOrder): boolean {
  return status === 'cancelled' && recordedAt.getTime() < Date.now() - CANCELLED_ORDERS_KEPT_MILLISECONDS;
}

function listFor(ticket: TicketDocument): TicketState['listedFor'] {
  if (ticket.isWithdrawn()) return 'nobody';
  return ticket.status === 'available' && isAhead(ticket.sellableUntil) ? 'everyone' : 'seller';
}

const notAhead = () => new BadRequestError('validation_failed', 'A time in the future is expected', 'startsAt');
