import { toCents, type OrderStatus } from '@ticketing/common';
import mongoose from 'mongoose';
import { databaseUri } from '../system/settings';
import type { Books, OrderEntry, PaymentEntry } from './books';

interface StoredOrder {
  readonly _id: unknown;
  readonly status: OrderStatus;
  readonly ticket: { readonly price: number };
}
interface StoredPayment {
  readonly orderId: unknown;
  readonly status?: string;
  readonly amount: number;
  readonly stripeId?: string;
}

/** What orders and payments have in their databases on this server. */
export async function readDatabases(server: string): Promise<Pick<Books, 'orders' | 'payments'>> {
  const connection = await mongoose.createConnection(databaseUri(server, 'orders')).asPromise();
  try {
    const orders = connection.collection('orders');
    const payments = connection.useDb('payments').collection('payments');
    return {
      orders: await orders
        .find<StoredOrder>({}, { projection: { status: 1, 'ticket.price': 1 } })
        .map(orderEntry)
        .toArray(),
      payments: await payments
        .find<StoredPayment>({}, { projection: { orderId: 1, status: 1, amount: 1, stripeId: 1 } })
        .map(paymentEntry)
        .toArray(),
    };
  } finally {
    await connection.close();
  }
}

export function orderEntry({ _id, status, ticket }: StoredOrder): OrderEntry {
  return { id: String(_id), status, price: toCents(ticket.price) };
}

export function paymentEntry({ orderId, status, amount, stripeId }: StoredPayment): PaymentEntry {
  return { orderId: String(orderId), status, amount, intent: stripeId };
}
