import { id, NotFoundError, validateRequest } from '@ticketing/common';
import { Router, type Request } from 'express';
import { Ticket } from '../models/ticket';

export const showTicket = Router().get(
  '/api/tickets/:id',
  id('id'),
  validateRequest,
  async (req: Request<{ id: string }>, res) => {
    const ticket = await Ticket.findById(req.params.id);
    if (!ticket || ticket.isWithdrawn()) throw new NotFoundError();
    res.send(ticket);
  },
);
