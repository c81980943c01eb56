import type { OrderStatus } from '@ticketing/common';

/** An order, as orders has it. Amounts are in cents, here and everywhere in these books. */
export interface OrderEntry {
  readonly id: string;
  readonly status: OrderStatus;
  readonly price: number;
}

/** The payment of an order, as payments noted it. */
export interface PaymentEntry {
  readonly orderId: string;
  /** Absent while nobody has tried to pay, as is `intent`. */
  readonly status: string | undefined;
  readonly amount: number;
  readonly intent: string | undefined;
}

/** A payment intent, as the Stripe account has it. */
export interface IntentEntry {
  readonly intent: string;
  /** The order that it pays, from its metadata. */
  readonly orderId?: string | undefined;
  readonly status: string;
  readonly amount: number;
  /** Authorised and neither captured nor let go. */
  readonly held: number;
  readonly captured: number;
  readonly refunded: number;
}

/** The three books that tell what became of the buyers' money. */
export interface Books {
  readonly orders: readonly OrderEntry[];
  readonly payments: readonly PaymentEntry[];
  readonly intents: readonly IntentEntry[];
}
