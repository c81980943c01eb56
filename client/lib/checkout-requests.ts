import type { Api } from '../api/calls';
import { toApiError } from '../api/errors';
import type { Order } from '../api/types';
import { texts } from '../texts';
import type { CardForm } from './card-form';
import type { Checkout, CheckoutEvent } from './checkout-machine';
import { paymentEvent } from './payment-events';

export interface CheckoutServices {
  api: Api;
  orderId: string;
  card: CardForm | null;
  reload: (api: Api) => Promise<Order>;
  onSignedOut: () => void;
}

/** Asks what a step of the checkout waits for, and returns the event that answers it. */
export function askFor(state: Checkout, services: CheckoutServices): Promise<CheckoutEvent> {
  if (state.step === 'preparing') return tokenise(services);
  if (state.step === 'paying') return sendPayment(state.token, services);
  if (state.step === 'authenticating') return authenticate(state.clientSecret, services);
  return loadOrder(services);
}

export async function loadOrder({ api, reload }: Pick<CheckoutServices, 'api' | 'reload'>): Promise<CheckoutEvent> {
  try {
    return { type: 'order-loaded', order: await reload(api) };
  } catch (caught) {
    toApiError(caught);
    return { type: 'order-unreadable' };
  }
}

async function tokenise({ card }: CheckoutServices): Promise<CheckoutEvent> {
  if (card === null) return refused(texts.card.stillLoading);
  const result = await card.tokenise();
  return 'token' in result ? { type: 'card-tokenised', token: result.token } : refused(result.message);
}

async function sendPayment(token: string, { api, orderId, onSignedOut }: CheckoutServices): Promise<CheckoutEvent> {
  try {
    await api.pay(orderId, token);
    return { type: 'payment-accepted' };
  } catch (caught) {
    const error = toApiError(caught);
    if (error.status === 401) onSignedOut();
    return paymentEvent(error);
  }
}

async function authenticate(clientSecret: string, { card }: CheckoutServices): Promise<CheckoutEvent> {
  if (card === null) return refused(texts.card.gone);
  const result = await card.authenticate(clientSecret);
  return 'message' in result ? refused(result.message) : { type: 'authenticated' };
}

const refused = (message: string): CheckoutEvent => ({ type: 'payment-refused', message });
