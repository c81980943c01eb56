/** What the services answer with, as far as the shop shows it. */
export const categories = ['concert', 'sport', 'theatre', 'festival', 'conference', 'other'] as const;
export type Category = (typeof categories)[number];

export interface Ticket {
  id: string;
  title: string;
  price: number;
  category: Category;
  venue?: string;
  startsAt?: string;
  description?: string;
  userId: string;
  status: 'available' | 'reserved' | 'sold';
  orderId?: string;
  version: number;
  createdAt: string;
}

export type CancelReason = 'user' | 'expired' | 'withdrawn' | 'unpaid' | 'refunded';

export interface Order {
  id: string;
  status: 'created' | 'complete' | 'cancelled';
  reason?: CancelReason;
  userId: string;
  expiresAt: string;
  ticket: { id: string; title: string; price: number };
  version: number;
  createdAt: string;
}

export interface Payment {
  id: string;
  status: 'authorised' | 'captured';
}

export interface User {
  id: string;
  email: string;
}

/** `unknown`: the accounts did not answer. That is not the same as signed out, and the pages never say so. */
export type Session = { state: 'signed-in'; user: User } | { state: 'signed-out' } | { state: 'unknown' };

/** One page of a list; `next` is the cursor of the following one. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

/** An OpenAPI document, as far as several are joined to one. */
export interface ApiDocument {
  info: { title: string };
  paths: object;
  components: { schemas: object };
}
