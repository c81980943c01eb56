import { currentUserOf, id, requireAuth, validateRequest } from '@ticketing/common';
import { Router, type Request } from 'express';
import { changeOrder } from '../operations/change-order';

export const cancelOrder = Router().delete(
  '/api/orders/:id',
  requireAuth,
  id('id'),
  validateRequest,
  async (req: Request<{ id: string }>, res) => {
    await changeOrder(req.params.id, (order) => {
      order.assertBelongsTo(currentUserOf(req).id);
      order.cancel('user');
    });
    res.status(204).send();
  },
);
