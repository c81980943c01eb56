import { listed } from './lists';
import { newId, now, type Charge, type PaymentIntent } from './objects';
import type { Operation } from './operation';
import { needCharge } from './payment-intents';
import { invalidRequest, noSuch } from './stripe-fault';
import type { UnitOfWork } from './store';

export const createRefund: Operation = {
  method: 'post',
  path: '/v1/refunds',
  params: ['payment_intent', 'amount', 'reason', 'metadata'],
  run(work, { params }) {
    const intent = needRefundable(work, params.needText('payment_intent'));
    const charge = needCharge(work, intent);
    refuseUnlessWhole(charge, params.integer('amount'));
    const refunded = work.put('charges', { ...charge, refunded: true, amount_refunded: charge.amount });
    const refund = work.put('refunds', {
      id: newId('re'),
      object: 'refund',
      amount: charge.amount,
      charge: charge.id,
      created: now(),
      currency: charge.currency,
      metadata: params.metadata(),
      payment_intent: intent.id,
      reason: params.text('reason') ?? null,
      status: 'succeeded',
    });
    work.emit('charge.refunded', refunded);
    return refund;
  },
};

export const listRefunds: Operation = {
  method: 'get',
  path: '/v1/refunds',
  params: ['limit', 'starting_after', 'created', 'payment_intent'],
  run(work, { params }) {
    const intent = params.text('payment_intent');
    const refunds = work.all('refunds').filter((refund) => !intent || refund.payment_intent === intent);
    return listed(refunds, params, '/v1/refunds');
  },
};

function needRefundable(work: UnitOfWork, id: string): PaymentIntent {
  const intent = work.get('intents', id);
  if (!intent) throw noSuch('payment_intent', id, 'payment_intent', 404);
  if (intent.status === 'succeeded') return intent;
  const message = `This PaymentIntent (${id}) does not have a successful charge to refund.`;
  throw invalidRequest(message, { code: 'payment_intent_unexpected_state', payment_intent: intent });
}

function refuseUnlessWhole(charge: Charge, amount = charge.amount): void {
  if (charge.refunded) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
  }
  if (amount !== charge.amount) throw invalidRequest('The stand-in refunds whole charges only.', { param: 'amount' });
}
