import { currentUserOf, id, NotFoundError, orderAnswer, route, usualMessage, validateRequest } from '@ticketing/common';
import { Order, refusals } from '../models/order';

export const showOrder = route<{ id: string }>(
  {
    method: 'get',
    path: '/api/orders/:id',
    id: 'showOrder',
    summary: 'Shows an order of the caller',
    who: 'signed in',
    answers: { 200: { description: 'The order.', body: orderAnswer } },
    errors: { not_found: usualMessage.not_found, forbidden: refusals.forbidden },
  },
  id('id'),
  validateRequest,
  async (req, res) => {
    const order = await Order.findById(req.params.id);
    if (!order) throw new NotFoundError();
    order.assertBelongsTo(currentUserOf(req).id);
    res.send(order);
  },
);
