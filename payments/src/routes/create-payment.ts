import { currentUserOf, id, idInput, paymentAnswer, route, text, validateRequest } from '@ticketing/common';
import { z } from 'zod';
import { authorisePayment, refusals } from '../operations/authorise-payment';

const MAX_TOKEN_LENGTH = 255;

const body = z.object({
  orderId: idInput,
  token: z
    .string()
    .min(1)
    .max(MAX_TOKEN_LENGTH)
    .meta({ description: "Stripe's, for the card of the buyer: it works once.", example: 'tok_visa' }),
});
const authorised = z.object({ id: paymentAnswer.shape.id, status: z.enum(['authorised', 'captured']) });

export const createPayment = route(
  {
    method: 'post',
    path: '/api/payments',
    id: 'createPayment',
    summary: 'Pays an order',
    description: `The price is authorised now and captured when the order is complete. After \`authentication_required\`, let
the buyer go through the dialog of Stripe and ask again.`,
    who: 'signed in',
    body,
    answers: {
      201: { description: 'The bank has authorised the price.', body: authorised },
      200: { description: 'It had already; this token was not used.', body: authorised },
    },
    errors: refusals,
  },
  id('orderId'),
  text('token', { max: MAX_TOKEN_LENGTH }),
  validateRequest,
  async (req, res) => {
    const { orderId, token } = req.body as z.infer<typeof body>;
    const { payment, isNew } = await authorisePayment({ orderId, token, userId: currentUserOf(req).id });
    res.status(isNew ? 201 : 200).send({ id: payment.id as string, status: payment.status });
  },
);
