import { currentUserOf, id, NotFoundError, requireAuth, validateRequest } from '@ticketing/common';
import { Router, type Request } from 'express';
import { Order } from '../models/order';

export const showOrder = Router().get(
  '/api/orders/:id',
  requireAuth,
  id('id'),
  validateRequest,
  async (req: Request<{ id: string }>, res) => {
    const order = await Order.findById(req.params.id);
    if (!order) throw new NotFoundError();
    order.assertBelongsTo(currentUserOf(req).id);
    res.send(order);
  },
);
