import { currentUserOf, id, route, validateRequest } from '@ticketing/common';
import { changeOwnTicket, refusalsOfChange } from '../operations/change-ticket';

export const deleteTicket = route<{ id: string }>(
  {
    method: 'delete',
    path: '/api/tickets/:id',
    id: 'deleteTicket',
    summary: 'Withdraws a ticket',
    who: 'signed in',
    answers: { 204: { description: 'It is no longer on sale, and can no longer be seen.' } },
    errors: refusalsOfChange,
  },
  id('id'),
  validateRequest,
  async (req, res) => {
    await changeOwnTicket(req.params.id, currentUserOf(req).id, (own) => own.withdraw());
    res.status(204).send();
  },
);
