import { randomUUID } from 'node:crypto';
import {
  aggregateSchema,
  ConflictError,
  ForbiddenError,
  toCents,
  type Aggregate,
  type AggregateModel,
  type CancelReason,
  type EventData,
  type OrderStatus,
  type PaymentFailure,
} from '@ticketing/common';
import { model, Schema, type Types } from 'mongoose';

export type PaymentStatus = 'pending' | 'authorised' | 'captured' | 'declined' | 'cancelled' | 'refunded';
export type OrderData = EventData<'order:created' | 'order:cancelled' | 'order:completed'>;

/**
 * The payment of an order, and what this service knows of that order, in one document: every write to it goes through
 * its version, so that a decision about money that was made on an old state of the order can't be saved.
 */
interface PaymentState {
  orderId: Types.ObjectId;
  /** The newest state of the order that came. */
  order: { version: number; status: OrderStatus; reason?: CancelReason; userId: string; expiresAt: Date };
  /** The price of the order, in cents. */
  amount: number;
  currency: 'usd';
  /** Stripe's PaymentIntent. Absent until somebody tries to pay, as are the fields that follow. */
  stripeId?: string;
  startedAt?: Date;
  status?: PaymentStatus;
  /** Of the card that was tried last. */
  last4?: string;
  /** Why the money for the order is not there; orders was told. */
  reason?: PaymentFailure;
  /** The operator wants the buyer to have the money back. */
  refundRequested?: boolean;
  /** A request that is paying right now. It keeps others away until its end, or for so long if it never ends. */
  claim?: { id: string; until: Date };
  /** When to compare order and money again; absent while both are known to agree. */
  settleAt?: Date;
  /** How often that was postponed since something happened. */
  postponed: number;
}

interface PaymentVerbs {
  /** Takes over the state of the order, unless a newer one came before. */
  follow(order: OrderData): void;
  /** @throws ForbiddenError when the order is somebody else's */
  assertBelongsTo(userId: string): void;
  /** @throws ConflictError when the order has ended, in whatever way */
  assertOpen(): void;
  /** @throws ConflictError when the order has ended, or its time is up */
  assertPayable(): void;
  /** Whether the money is authorised or captured, and neither bank nor order has anything against it. */
  isPaid(): boolean;

  /** Begins a request to pay. @returns its claim. @throws ConflictError while another one is at work */
  claimForRequest(): string;
  release(claim: string): void;
  /** The intent is made; from now on money can move. */
  begin(stripeId: string): void;

  authorise(last4: string | undefined): void;
  decline(last4: string | undefined): void;
  waitForBuyer(): void;
  capture(): void;
  cancel(): void;
  refund(): void;
  /** The money for the order is not there. */
  fail(reason: PaymentFailure): void;
  requestRefund(): void;

  /** Something happened: compare order and money again. */
  markUnsettled(): void;
  /** Order and money agree. */
  markSettled(): void;
  /** Compare them again, each time a little later. */
  postpone(): void;
}

/** Why an order can't be paid. */
export const refusals = {
  forbidden: 'This order is not yours',
  order_cancelled: ['This order is cancelled', 'The money for this order was not available'],
  order_expired: 'The time to pay is up',
  order_paid: 'This order is paid',
  payment_in_progress: 'A payment for this order is under way; ask again for its outcome',
} as const;

export type PaymentDocument = Aggregate<PaymentState, PaymentVerbs>;

/** Longer than a request to pay takes, so that it ends by itself only when its process died. */
const CLAIM_MILLISECONDS = 25_000;
/** So long whoever heard of something has to settle it at once, before a sweep takes it up. */
const HEAD_START_MILLISECONDS = 2000;
const FIRST_PAUSE_MILLISECONDS = 5000;
const LONGEST_PAUSE_MILLISECONDS = 5 * 60_000;

const outOfTime = () => new ConflictError('order_expired', refusals.order_expired);
const fromNow = (milliseconds: number) => new Date(Date.now() + milliseconds);

const claimSchema = new Schema<NonNullable<PaymentState['claim']>>(
  { id: { type: String, required: true }, until: { type: Date, required: true } },
  { _id: false, id: false },
);

const paymentSchema = aggregateSchema<PaymentState, PaymentVerbs>({
  source: '/payments',
  fields: {
    orderId: { type: Schema.Types.ObjectId, required: true },
    order: {
      version: { type: Number, required: true },
      status: { type: String, required: true },
      reason: { type: String },
      userId: { type: String, required: true },
      expiresAt: { type: Date, required: true },
    },
    amount: { type: Number, required: true },
    currency: { type: String, required: true, default: 'usd' },
    stripeId: { type: String },
    startedAt: { type: Date },
    status: { type: String },
    last4: { type: String },
    reason: { type: String },
    refundRequested: { type: Boolean },
    claim: { type: claimSchema },
    settleAt: { type: Date },
    postponed: { type: Number, required: true, default: 0 },
  },
  hidden: ['order', 'startedAt', 'last4', 'refundRequested', 'claim', 'settleAt', 'postponed'],
  presentEvent: (payment) => {
    if (payment.reason) return 'payment:failed';
    return payment.isPaid() ? 'payment:created' : undefined;
  },
  verbs: {
    follow(order) {
      if (!this.isNew && order.version <= this.order.version) return;
      const { version, status, reason, userId, expiresAt } = order;
      this.order = { version, status, userId, expiresAt: new Date(expiresAt), ...(reason && { reason }) };
      this.amount = toCents(order.ticket.price);
      // An order that is not paid and whose buyer never tried to owes nothing to anybody.
      if (this.stripeId || status === 'complete') this.markUnsettled();
    },

    assertBelongsTo(userId) {
      if (this.order.userId !== userId) throw new ForbiddenError('forbidden', refusals.forbidden);
    },

    assertOpen() {
      const { status, reason } = this.order;
      if (reason === 'expired') throw outOfTime();
      if (status === 'cancelled') throw new ConflictError('order_cancelled', refusals.order_cancelled[0]);
      if (this.reason) throw new ConflictError('order_cancelled', refusals.order_cancelled[1]);
      if (status === 'complete') throw new ConflictError('order_paid', refusals.order_paid);
    },

    assertPayable() {
      this.assertOpen();
      if (this.order.expiresAt.getTime() <= Date.now()) throw outOfTime();
    },

    isPaid() {
      const hasMoney = this.status === 'authorised' || this.status === 'captured';
      return hasMoney && !this.reason && this.order.status !== 'cancelled';
    },

    claimForRequest() {
      if (this.claim && this.claim.until.getTime() > Date.now()) {
        throw new ConflictError('payment_in_progress', refusals.payment_in_progress, { retryAfter: 1 });
      }
      this.claim = { id: randomUUID(), until: fromNow(CLAIM_MILLISECONDS) };
      this.settleAt = this.claim.until;
      return this.claim.id;
    },

    release(claim) {
      if (this.claim?.id !== claim) return;
      this.claim = undefined;
      this.markUnsettled();
    },

    begin(stripeId) {
      this.stripeId = stripeId;
      this.startedAt = new Date();
      this.status = 'pending';
    },

    authorise(last4) {
      this.markSettled();
      if (this.status === 'authorised' || this.status === 'captured') return;
      this.status = 'authorised';
      this.last4 = last4;
      this.claim = undefined;
      this.announce('payment:created');
    },

    decline(last4) {
      this.status = 'declined';
      this.last4 = last4;
      this.postpone();
    },

    waitForBuyer() {
      this.status = 'pending';
      this.postpone();
    },

    capture() {
      this.status = 'captured';
      this.markSettled();
    },

    cancel() {
      this.status = 'cancelled';
      this.markSettled();
    },

    refund() {
      this.status = 'refunded';
      if (this.order.status === 'cancelled') this.markSettled();
      else this.fail('refunded');
    },

    fail(reason) {
      // Until orders has heard of it and cancels the order.
      this.postpone();
      if (this.reason === reason) return;
      if (reason === 'authorisation_lost') this.status = 'cancelled';
      this.reason = reason;
      this.announce('payment:failed');
    },

    requestRefund() {
      this.refundRequested = true;
      this.markUnsettled();
    },

    markUnsettled() {
      this.settleAt = fromNow(HEAD_START_MILLISECONDS);
      this.postponed = 0;
    },

    markSettled() {
      this.settleAt = undefined;
      this.postponed = 0;
    },

    postpone() {
      const pause = Math.min(FIRST_PAUSE_MILLISECONDS * 2 ** this.postponed, LONGEST_PAUSE_MILLISECONDS);
      this.settleAt = fromNow(pause);
      this.postponed += 1;
    },
  },
});

/** One payment an order, whoever hears of the order first and however often. */
paymentSchema.index({ orderId: 1 }, { unique: true });
paymentSchema.index({ stripeId: 1 }, { unique: true, partialFilterExpression: { stripeId: { $exists: true } } });
paymentSchema.index({ settleAt: 1 }, { sparse: true });

export const Payment: AggregateModel<PaymentState, PaymentVerbs> = model('Payment', paymentSchema);
