import {
  currentUserOf,
  ifAsked,
  orderAnswer,
  orderStatusSchema,
  orNothing,
  pageOf,
  pageQuery,
  paging,
  route,
  shownOf,
  validateRequest,
} from '@ticketing/common';
import { z } from 'zod';
import { Order } from '../models/order';

const pages = paging(
  z.object({ createdAt: z.iso.datetime().pipe(z.coerce.date()), id: z.string().regex(/^[0-9a-f]{24}$/) }),
);
type Position = NonNullable<ReturnType<typeof pages.asked>['after']>;

const isStatus = (value: unknown) => orderStatusSchema.safeParse(value).success;

export const listOrders = route(
  {
    method: 'get',
    path: '/api/orders',
    id: 'listOrders',
    summary: 'Lists the orders of the caller, newest first',
    who: 'signed in',
    query: z.object({ status: orderStatusSchema.optional(), ...pageQuery.shape }),
    answers: { 200: pageOf(orderAnswer, 'A page of orders.') },
    errors: { validation_failed: { message: 'A whole number from 1 to 100', field: 'limit' } },
  },
  ifAsked('status', (chain) =>
    orNothing(chain)
      .custom(isStatus)
      .withMessage(`One of ${orderStatusSchema.options.join(', ')}`),
  ),
  ...pages.checks,
  validateRequest,
  async (req, res) => {
    const { limit, after } = pages.asked(req);
    const { status } = req.query;
    const found = await Order.find({ userId: currentUserOf(req).id, ...(status && { status }), ...olderThan(after) })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit + 1)
      .lean();
    pages.answer(req, res, found, {
      positionOf: ({ createdAt, _id }) => ({ createdAt, id: _id.toHexString() }),
      show: (order) => shownOf(Order, order),
    });
  },
);

/** The first condition bounds the index scan; the second decides among orders of the same millisecond. */
function olderThan(position: Position | undefined) {
  if (!position) return {};
  const { createdAt, id } = position;
  return { createdAt: { $lte: createdAt }, $or: [{ createdAt: { $lt: createdAt } }, { _id: { $lt: id } }] };
}
