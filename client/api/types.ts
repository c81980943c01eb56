import type { components, operations } from './schema';

type Schemas = components['schemas'];

export type Ticket = Schemas['Ticket'];
export type Category = Ticket['category'];
/** What a seller says about a ticket. */
export type TicketDetails = Schemas['TicketDetails'];
export type ListTicketsQuery = NonNullable<operations['listTickets']['parameters']['query']>;

export type Order = Schemas['Order'];
export type CancelReason = NonNullable<Order['reason']>;

export type Payment = Schemas['Payment'];

export type User = Schemas['User'];
export type Credentials = Schemas['Credentials'];

export type Errors = Schemas['Errors'];
export type ErrorEntry = Schemas['Error'];
export type ErrorCode = ErrorEntry['code'];

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
