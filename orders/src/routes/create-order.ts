import { currentUserOf, id, requireAuth, validateRequest } from '@ticketing/common';
import { Router } from 'express';
import { reserveTicket } from '../operations/reserve-ticket';

export const createOrder = Router().post(
  '/api/orders',
  requireAuth,
  id('ticketId'),
  validateRequest,
  async (req, res) => {
    const { ticketId } = req.body as { ticketId: string };
    const { order, isNew } = await reserveTicket(ticketId, currentUserOf(req).id);
    res.status(isNew ? 201 : 200).send(order);
  },
);
