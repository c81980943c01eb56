import type { Operation } from './operation';
import { newId, now, type PaymentMethod } from './objects';
import type { Store, StoredMethod, UnitOfWork } from './store';
import { invalidRequest, noSuch } from './stripe-fault';
import { cardBehind, type TestCard } from './test-cards';

export const createPaymentMethod: Operation = {
  method: 'post',
  path: '/v1/payment_methods',
  params: ['type', 'card', 'metadata'],
  run(work, { params }) {
    if (params.needText('type') !== 'card') throw invalidRequest('The stand-in knows cards only.', { param: 'type' });
    const token = params.group('card', ['token']).needText('token');
    const card = cardBehind(token);
    if (!card) throw noSuch('token', token, 'card[token]', 400);
    const shown = describeCard(card);
    work.put('methods', { id: shown.id, token, shown });
    return shown;
  },
};

function describeCard({ brand, last4 }: TestCard): PaymentMethod {
  const card = { brand, last4, exp_month: 12, exp_year: new Date().getFullYear() + 3 };
  return { id: newId('pm'), object: 'payment_method', type: 'card', created: now(), livemode: false, card };
}

export function needMethod(work: UnitOfWork, id: string): StoredMethod {
  const method = work.get('methods', id);
  if (!method) throw noSuch('PaymentMethod', id, 'payment_method', 400);
  return method;
}

/** The card of a payment method; undefined when there is no such method. */
export function cardOfMethod(source: Store | UnitOfWork, id: string | null | undefined): TestCard | undefined {
  const method = id ? source.get('methods', id) : undefined;
  return method && cardBehind(method.token);
}
