import {
  ConflictError,
  crashPoint,
  ForbiddenError,
  isDuplicateKey,
  NotFoundError,
  usualMessage,
} from '@ticketing/common';
import { config } from '../config';
import { holderOf, Order, refusals as ofOrder, type OrderDocument } from '../models/order';
import { isWithdrawn, Ticket, type KnownTicket } from '../models/ticket';
import { cancelIfOverdue } from './cancel-overdue-orders';
import { changeOrder } from './change-order';

export interface Reservation {
  readonly order: OrderDocument;
  /** False when the buyer has this order already and asked again. */
  readonly isNew: boolean;
}

/** Why a ticket can't be had. */
export const refusals = {
  not_found: usualMessage.not_found,
  own_ticket: 'This ticket is your own',
  ticket_past: 'The time of this ticket has passed',
  ticket_reserved: 'Somebody else has reserved this ticket',
  ticket_sold: 'This ticket is sold',
  ticket_withdrawn: 'The seller has withdrawn this ticket',
  // Of the order that is being given back: its buyer may pay it, or others change it, at this very moment.
  order_paid: ofOrder.order_paid,
  conflict: usualMessage.conflict,
};

/** Two more than one: each is lost only to a reservation that is gone again when it is looked for. */
const TRIES = 3;

/**
 * Gives the ticket to the buyer unless somebody has it: however many ask at once, the unique index on orders lets one
 * in. A reservation whose time is up gives way, even if nothing has cancelled it yet.
 */
export async function reserveTicket(ticketId: string, userId: string): Promise<Reservation> {
  const ticket = await findTicketFor(userId, ticketId);
  if (hasBegun(ticket)) return reservedBefore(ticket, userId);

  for (let tries = 0; ; tries += 1) {
    // A look costs less than an insert that is refused, and of a crowd nearly all come too late.
    const holder = await holderOf(ticket._id);
    if (holder && !holder.isOverdue()) return heldAlready(holder, userId);
    if (tries === TRIES) throw reserved();
    if (holder) {
      await cancelIfOverdue(holder._id);
      crashPoint('overdue order cancelled, its ticket not yet reserved');
    }
    const order = await insertOrder(ticket, userId);
    if (order) return confirm(order);
  }
}

async function findTicketFor(userId: string, ticketId: string): Promise<KnownTicket> {
  const ticket = await Ticket.findById(ticketId).lean();
  if (!ticket) throw new NotFoundError();
  if (ticket.userId === userId) throw new ForbiddenError('own_ticket', refusals.own_ticket);
  if (ticket.withdrawn) throw withdrawn();
  return ticket;
}

function hasBegun({ startsAt }: KnownTicket): boolean {
  return startsAt !== undefined && startsAt.getTime() <= Date.now();
}

/** What has begun is reserved no more; whoever reserved it before that still has it. */
async function reservedBefore(ticket: KnownTicket, userId: string): Promise<Reservation> {
  const holder = await holderOf(ticket._id);
  if (holder?.status !== 'created' || holder.isOverdue() || holder.userId !== userId) {
    throw new ConflictError('ticket_past', refusals.ticket_past);
  }
  return { order: holder, isNew: false };
}

/** @returns undefined when another order has the ticket */
async function insertOrder(ticket: KnownTicket, userId: string): Promise<OrderDocument | undefined> {
  const { _id: id, title, price } = ticket;
  const expiresAt = new Date(Date.now() + config.value.EXPIRATION_WINDOW_SECONDS * 1000);
  const order = new Order({ status: 'created', userId, expiresAt, ticket: { id, title, price } });
  order.announce('order:created');
  try {
    return await order.save();
  } catch (error) {
    if (isDuplicateKey(error, 'ticket.id')) return undefined;
    throw error;
  }
}

/**
 * The seller may have withdrawn the ticket between the look at it and the order, and whoever told us saw no order to
 * cancel yet: so one of the two looks a second time.
 */
async function confirm(order: OrderDocument): Promise<Reservation> {
  crashPoint('order inserted, its ticket not yet looked at again');
  if (!(await isWithdrawn(order.ticket.id))) return { order, isNew: true };
  await changeOrder(order._id, (latest) => latest.cancel('withdrawn'));
  throw withdrawn();
}

function heldAlready(holder: OrderDocument, userId: string): Reservation {
  if (holder.status === 'complete') throw new ConflictError('ticket_sold', refusals.ticket_sold);
  if (holder.userId !== userId) throw reserved();
  return { order: holder, isNew: false };
}

const reserved = () => new ConflictError('ticket_reserved', refusals.ticket_reserved);
const withdrawn = () => new ConflictError('ticket_withdrawn', refusals.ticket_withdrawn);
