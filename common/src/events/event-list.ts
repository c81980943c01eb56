import type { z } from 'zod';
import { expirationCompleteSchema } from './expiration-events';
import { orderCancelledSchema, orderCompletedSchema, orderCreatedSchema } from './order-events';
import { paymentCreatedSchema, paymentFailedSchema } from './payment-events';
import { ticketDeletedSchema, ticketSchema } from './ticket-events';

/**
 * Everything that travels on the bus: from the type of an event to the schema of its data.
 * A type that does not stand here can neither be published nor listened to; that is a compile error.
 */
export const eventSchemas = {
  'ticket:created': ticketSchema,
  'ticket:updated': ticketSchema,
  'ticket:deleted': ticketDeletedSchema,
  'order:created': orderCreatedSchema,
  'order:cancelled': orderCancelledSchema,
  'order:completed': orderCompletedSchema,
  'expiration:complete': expirationCompleteSchema,
  'payment:created': paymentCreatedSchema,
  'payment:failed': paymentFailedSchema,
} as const;

export type EventType = keyof typeof eventSchemas;

/** What has happened when an event of this type is said. */
export const eventMeanings: Readonly<Record<EventType, string>> = {
  'ticket:created': 'A ticket is offered',
  'ticket:updated': 'A ticket was changed, reserved, freed or sold',
  'ticket:deleted': 'A ticket was withdrawn',
  'order:created': 'A ticket is reserved',
  'order:cancelled': 'A reservation has ended without a sale',
  'order:completed': 'An order is paid: its ticket is sold',
  'expiration:complete': 'The time of an order may be up',
  'payment:created': 'The price of an order is authorised',
  'payment:failed': 'The money for an order is not, or no longer, there',
};

export const eventTypes = Object.keys(eventSchemas) as EventType[];

/** What an event of this type carries as its data. */
export type EventData<T extends EventType> = z.infer<(typeof eventSchemas)[T]>;

export function isEventType(text: string): text is EventType {
  return Object.hasOwn(eventSchemas, text);
}
