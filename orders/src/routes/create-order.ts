import { currentUserOf, id, idInput, orderAnswer, route, validateRequest, wrongId } from '@ticketing/common';
import { z } from 'zod';
import { refusals, reserveTicket } from '../operations/reserve-ticket';

export const createOrder = route(
  {
    method: 'post',
    path: '/api/orders',
    id: 'createOrder',
    summary: 'Reserves a ticket',
    description: 'For 15 minutes, unless the service is set otherwise: `expiresAt` says until when it can be paid.',
    who: 'signed in',
    body: z.object({ ticketId: idInput }),
    answers: {
      201: { description: 'The ticket is reserved.', body: orderAnswer },
      200: { description: 'It was already, for the same buyer: the order that has it.', body: orderAnswer },
    },
    errors: {
      validation_failed: { ...wrongId, field: 'ticketId' },
      ...refusals,
    },
  },
  id('ticketId'),
  validateRequest,
  async (req, res) => {
    const { ticketId } = req.body as { ticketId: string };
    const { order, isNew } = await reserveTicket(ticketId, currentUserOf(req).id);
    res.status(isNew ? 201 : 200).send(order);
  },
);
