import { currentUserOf, route, ticketAnswer, validateRequest } from '@ticketing/common';
import { offerTicket } from '../models/ticket';
import { detailsBody, newDetails, readDetails, wrongTitle } from './read-details';

export const createTicket = route(
  {
    method: 'post',
    path: '/api/tickets',
    id: 'createTicket',
    summary: 'Offers a ticket',
    who: 'signed in',
    body: detailsBody,
    answers: { 201: { description: 'The ticket, on sale from now on.', body: ticketAnswer } },
    errors: { validation_failed: wrongTitle },
  },
  ...newDetails,
  validateRequest,
  async (req, res) => {
    const ticket = await offerTicket(currentUserOf(req).id, readDetails(req)).save();
    res.status(201).send(ticket);
  },
);
