import {
  aggregateModel,
  aggregateSchema,
  ConflictError,
  ForbiddenError,
  type Aggregate,
  type CancelReason,
  type OrderStatus,
} from '@ticketing/common';
import { Schema, type Types } from 'mongoose';

interface OrderState {
  status: OrderStatus;
  /** Why it was cancelled. */
  reason?: CancelReason;
  userId: string;
  expiresAt: Date;
  /** The ticket as it was when it was reserved: the buyer pays the price of that moment. */
  ticket: { id: Types.ObjectId; title: string; price: number };
  paymentId?: string;
}

interface OrderVerbs {
  /** The payment is authorised: the ticket is sold. */
  complete(paymentId: string): void;
  cancel(reason: CancelReason): void;
  /** Whether it is unpaid and its time is up, by this service's own clock. */
  isOverdue(): boolean;
  /** @throws ForbiddenError when it is somebody else's. */
  assertBelongsTo(userId: string): void;
}

/** Why a buyer may not do something with an order. */
export const refusals = { forbidden: 'This order is not yours', order_paid: 'A paid order cannot be cancelled' };

export type OrderDocument = Aggregate<OrderState, OrderVerbs>;

/** In these an order has its ticket. */
const HOLDING: OrderStatus[] = ['created', 'complete'];
/** Once paid, an order ends only because its money is not, or no longer, there. */
const ENDS_A_SALE: CancelReason[] = ['unpaid', 'refunded'];

const presentEvents = {
  created: 'order:created',
  complete: 'order:completed',
  cancelled: 'order:cancelled',
} as const;

const orderSchema = aggregateSchema<OrderState, OrderVerbs>({
  source: '/orders',
  fields: {
    status: { type: String, required: true },
    reason: { type: String },
    userId: { type: String, required: true },
    expiresAt: { type: Date, required: true },
    ticket: {
      // Not the text of the id: spelled in capitals, that would be another ticket to the unique index.
      id: { type: Schema.Types.ObjectId, required: true },
      title: { type: String, required: true },
      price: { type: Number, required: true },
    },
    paymentId: { type: String },
  },
  presentEvent: (order) => presentEvents[order.status],
  verbs: {
    complete(paymentId) {
      if (this.status === 'complete' && this.paymentId === paymentId) return;
      if (this.status === 'complete') throw new ConflictError('order_paid', 'Another payment completed this order');
      if (this.status === 'cancelled') throw new ConflictError('order_cancelled', 'This order is cancelled');
      this.status = 'complete';
      this.paymentId = paymentId;
      this.announce('order:completed');
    },

    cancel(reason) {
      if (this.status === 'cancelled') return;
      if (this.status === 'complete' && !ENDS_A_SALE.includes(reason)) {
        throw new ConflictError('order_paid', refusals.order_paid);
      }
      this.status = 'cancelled';
      this.reason = reason;
      this.announce('order:cancelled');
    },

    isOverdue() {
      return this.status === 'created' && this.expiresAt.getTime() <= Date.now();
    },

    assertBelongsTo(userId) {
      if (this.userId !== userId) throw new ForbiddenError('forbidden', refusals.forbidden);
    },
  },
});

/** Whoever presses first has the ticket: this index refuses the others. */
orderSchema.index({ 'ticket.id': 1 }, { unique: true, partialFilterExpression: { status: { $in: HOLDING } } });
orderSchema.index({ userId: 1, createdAt: -1, _id: -1 });
orderSchema.index({ userId: 1, status: 1, createdAt: -1, _id: -1 });
orderSchema.index({ expiresAt: 1 }, { partialFilterExpression: { status: 'created' } });

export const Order = aggregateModel('Order', orderSchema);

/** The order that has this ticket now. */
export function holderOf(ticketId: string | Types.ObjectId): Promise<OrderDocument | null> {
  return Order.findOne({ 'ticket.id': ticketId, status: { $in: HOLDING } }).exec();
}
