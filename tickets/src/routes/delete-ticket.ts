import { currentUserOf, id, requireAuth, validateRequest } from '@ticketing/common';
import { Router, type Request } from 'express';
import { changeOwnTicket } from '../operations/change-ticket';

export const deleteTicket = Router().delete(
  '/api/tickets/:id',
  requireAuth,
  id('id'),
  validateRequest,
  async (req: Request<{ id: string }>, res) => {
    await changeOwnTicket(req.params.id, currentUserOf(req).id, (own) => own.withdraw());
    res.status(204).send();
  },
);
