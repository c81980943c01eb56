import { currentUserOf, id, route, ticketAnswer, validateRequest, wrongId } from '@ticketing/common';
import { changeOwnTicket, refusalsOfChange } from '../operations/change-ticket';
import { changedDetails, detailsBody, readDetails, wrongTitle } from './read-details';

export const updateTicket = route<{ id: string }>(
  {
    method: 'put',
    path: '/api/tickets/:id',
    id: 'updateTicket',
    summary: 'Changes a ticket',
    description: 'Replaces all that its seller said of it: what is left out is removed.',
    who: 'signed in',
    body: detailsBody,
    answers: { 200: { description: 'The ticket as it is now.', body: ticketAnswer } },
    errors: { validation_failed: [wrongTitle, wrongId], ...refusalsOfChange },
  },
  id('id'),
  ...changedDetails,
  validateRequest,
  async (req, res) => {
    const ticket = await changeOwnTicket(req.params.id, currentUserOf(req).id, (own) => own.edit(readDetails(req)));
    res.send(ticket);
  },
);
