import { currentUserOf, id, route, usualMessage, validateRequest } from '@ticketing/common';
import { refusals } from '../models/order';
import { changeOrder } from '../operations/change-order';

const { not_found, conflict } = usualMessage;
const { forbidden, order_paid } = refusals;

export const cancelOrder = route<{ id: string }>(
  {
    method: 'delete',
    path: '/api/orders/:id',
    id: 'cancelOrder',
    summary: 'Cancels an order',
    who: 'signed in',
    answers: { 204: { description: 'The order is cancelled, now or already, and its ticket is free.' } },
    errors: { not_found, forbidden, order_paid, conflict },
  },
  id('id'),
  validateRequest,
  async (req, res) => {
    await changeOrder(req.params.id, (order) => {
      order.assertBelongsTo(currentUserOf(req).id);
      order.cancel('user');
    });
    res.status(204).send();
  },
);
