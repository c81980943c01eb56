import { z } from 'zod';
import { dollarsField, idField, timeField, versionField } from './fields';

export const ticketStatusSchema = z.enum(['available', 'reserved', 'sold']);
export type TicketStatus = z.infer<typeof ticketStatusSchema>;

export const ticketCategorySchema = z.enum(['concert', 'sport', 'theatre', 'festival', 'conference', 'other']);
export type TicketCategory = z.infer<typeof ticketCategorySchema>;

/** The whole public state of a ticket: what `ticket:created` and `ticket:updated` carry. */
export const ticketSchema = z.looseObject({
  id: idField,
  title: z.string(),
  price: dollarsField,
  category: ticketCategorySchema,
  venue: z.string().optional(),
  startsAt: timeField.optional(),
  description: z.string().optional(),
  userId: idField,
  status: ticketStatusSchema,
  orderId: idField.optional(),
  version: versionField,
  createdAt: timeField,
});

/** What is left to say of a ticket that its seller withdrew. */
export const ticketDeletedSchema = z.looseObject({ id: idField, version: versionField });
