import { id, NotFoundError, route, ticketAnswer, usualMessage, validateRequest } from '@ticketing/common';
import { Ticket } from '../models/ticket';

export const showTicket = route<{ id: string }>(
  {
    method: 'get',
    path: '/api/tickets/:id',
    id: 'showTicket',
    summary: 'Shows a ticket',
    who: 'anyone',
    answers: { 200: { description: 'The ticket.', body: ticketAnswer } },
    errors: { not_found: usualMessage.not_found },
  },
  id('id'),
  validateRequest,
  async (req, res) => {
    const ticket = await Ticket.findById(req.params.id);
    if (!ticket || ticket.isWithdrawn()) throw new NotFoundError();
    res.send(ticket);
  },
);
