import { z } from 'zod';
import { orderSchema } from '../../events/order-events';
import { ticketSchema } from '../../events/ticket-events';
import { idField, timeField, versionField } from '../../events/fields';
import { errorStatus, type ErrorCode } from '../errors';

/** What answers look like. Unlike events, they are closed: what is not named here does not leave a service. */

const codes = Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]];

export const errorsAnswer = z
  .object({
    errors: z
      .array(
        z
          .object({
            message: z.string().describe('For people.'),
            code: z.enum(codes).describe('For programs.'),
            field: z.string().optional().describe('The input that it is about.'),
            declineCode: z.string().optional().describe("Stripe's own word for a declined card."),
            clientSecret: z
              .string()
              .optional()
              .describe('What the browser needs to authenticate a payment with the bank of the buyer.'),
            requestId: z.string().optional().describe('Under which id the log knows more.'),
          })
          .meta({ id: 'Error' }),
      )
      .min(1),
  })
  .meta({ id: 'Errors' });

export const ticketAnswer = z.object(ticketSchema.shape).meta({
  id: 'Ticket',
  description: 'A ticket and whether it can be bought. `orderId` is the order that has it.',
  example: {
    id: '6650f2a1c3d4e5f601234567',
    title: 'Front row, The Tempest',
    price: 45.5,
    category: 'theatre',
    venue: 'Globe',
    startsAt: '2030-05-17T18:00:00.000Z',
    userId: '6650f2a1c3d4e5f6012345aa',
    status: 'available',
    version: 0,
    createdAt: '2030-01-02T10:00:00.000Z',
  },
});

export const orderAnswer = z.object({ ...orderSchema.shape, ticket: z.object(orderSchema.shape.ticket.shape) }).meta({
  id: 'Order',
  description: 'An order with its ticket as that was when it was reserved. `reason` says why a cancelled one ended.',
  example: {
    id: '6650f2a1c3d4e5f6012345bb',
    status: 'created',
    userId: '6650f2a1c3d4e5f6012345cc',
    expiresAt: '2030-01-02T10:20:00.000Z',
    ticket: { id: '6650f2a1c3d4e5f601234567', title: 'Front row, The Tempest', price: 45.5 },
    version: 0,
    createdAt: '2030-01-02T10:05:00.000Z',
  },
});

export const paymentAnswer = z
  .object({
    id: idField,
    orderId: idField,
    status: z.enum(['pending', 'authorised', 'captured', 'declined', 'cancelled', 'refunded']),
    amount: z.number().int().min(0).describe('In cents.'),
    currency: z.literal('usd'),
    last4: z.string().length(4).optional().describe('The last digits of the card that was tried last.'),
    createdAt: timeField,
    version: versionField,
  })
  .meta({
    id: 'Payment',
    example: {
      id: '6650f2a1c3d4e5f6012345dd',
      orderId: '6650f2a1c3d4e5f6012345bb',
      status: 'captured',
      amount: 4550,
      currency: 'usd',
      last4: '4242',
      createdAt: '2030-01-02T10:06:00.000Z',
      version: 5,
    },
  });

/** The id of a document, as a request names it. */
export const idInput = z
  .string()
  .regex(/^[\da-fA-F]{24}$/)
  .meta({ example: '6650f2a1c3d4e5f601234567' });
