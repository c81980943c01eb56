import { currentUserOf, id, requireAuth, validateRequest } from '@ticketing/common';
import { Router, type Request } from 'express';
import { changeOwnTicket } from '../operations/change-ticket';
import { changedDetails, readDetails } from './read-details';

export const updateTicket = Router().put(
  '/api/tickets/:id',
  requireAuth,
  id('id'),
  ...changedDetails,
  validateRequest,
  async (req: Request<{ id: string }>, res) => {
    const ticket = await changeOwnTicket(req.params.id, currentUserOf(req).id, (own) => own.edit(readDetails(req)));
    res.send(ticket);
  },
);
