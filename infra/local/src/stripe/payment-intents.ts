import { createHash, randomBytes } from 'node:crypto';
import { listed } from './lists';
import { newId, now, type Charge, type ErrorBody, type PaymentIntent } from './objects';
import type { Call, Operation } from './operation';
import type { Params } from './params';
import { cardOfMethod, needMethod } from './payment-methods';
import type { Store, UnitOfWork } from './store';
import { invalidRequest, noSuch, StripeFault } from './stripe-fault';
import type { TestCard } from './test-cards';

const SMALLEST_AMOUNT = 50;
const LARGEST_AMOUNT = 99_999_999;
/** What older versions of the interface call differently. */
const TYPES = ['allowed_payment_method_types', 'payment_method_types'];
const CONFIRMABLE = ['requires_payment_method', 'requires_confirmation', 'requires_action'];
const CANCELABLE = [...CONFIRMABLE, 'requires_capture'];

export const createIntent: Operation = {
  method: 'post',
  path: '/v1/payment_intents',
  params: ['amount', 'currency', 'capture_method', ...TYPES, 'metadata', 'expand'],
  run(work, { params }) {
    const intent = work.put('intents', draftIntent(params));
    work.emit('payment_intent.created', intent);
    return show(work, intent, params);
  },
};

export const retrieveIntent: Operation = {
  method: 'get',
  path: '/v1/payment_intents/:id',
  params: ['expand', 'client_secret'],
  run: (work, { id, params }) => show(work, needIntent(work, id), params),
};

export const listIntents: Operation = {
  method: 'get',
  path: '/v1/payment_intents',
  params: ['limit', 'starting_after', 'created', 'expand'],
  run(work, { params }) {
    const page = listed(work.all('intents'), params, '/v1/payment_intents');
    return { ...page, data: page.data.map((intent) => show(work, intent, params, 'data.')) };
  },
};

/** Stripe's query language, as far as `metadata['key']:'value'`. */
export const searchIntents: Operation = {
  method: 'get',
  path: '/v1/payment_intents/search',
  params: ['query', 'limit'],
  run(work, { params }) {
    const [, key = '', value] = /^metadata\['(\w+)'\]:'([^']*)'$/.exec(params.needText('query')) ?? [];
    if (value === undefined)
      throw invalidRequest('The stand-in searches by one metadata field only.', { param: 'query' });
    const found = work.all('intents').filter(({ metadata }) => metadata[key] === value);
    const { data, has_more } = listed(found, params, '/v1/payment_intents/search');
    return { object: 'search_result', url: '/v1/payment_intents/search', data, has_more, next_page: null };
  },
};

export const confirmIntent: Operation = {
  method: 'post',
  path: '/v1/payment_intents/:id/confirm',
  params: ['payment_method', 'use_stripe_sdk', 'return_url', 'expand'],
  seconds: (store, call) => cardToConfirm(store, call)?.seconds ?? 0,
  losesAnswer: (store, call) => cardToConfirm(store, call)?.losesAnswerOf === 'confirm',
  run(work, { id, params }) {
    const intent = needIntent(work, id);
    needStatus(intent, CONFIRMABLE, 'confirmed');
    const methodId = params.text('payment_method') ?? intent.payment_method;
    if (!methodId)
      throw invalidRequest('The intent has no payment method to confirm with.', { param: 'payment_method' });
    needMethod(work, methodId);
    const card = cardOfMethod(work, methodId);
    const attempt = { ...intent, payment_method: methodId, last_payment_error: null, next_action: null };
    if (card?.refusal) throw decline(work, attempt, card.refusal);
    return show(work, card?.authenticates ? askForBuyer(work, attempt) : authorise(work, attempt), params);
  },
};

export const captureIntent: Operation = {
  method: 'post',
  path: '/v1/payment_intents/:id/capture',
  params: ['expand', 'metadata'],
  losesAnswer: (store, { id }) =>
    cardOfMethod(store, store.get('intents', id)?.payment_method)?.losesAnswerOf === 'capture',
  run(work, { id, params }) {
    const intent = needIntent(work, id);
    needStatus(intent, ['requires_capture'], 'captured');
    if (cardOfMethod(work, intent.payment_method)?.refusesCapture) throw captureRefusal(intent);
    return show(work, capture(work, intent), params);
  },
};

export const cancelIntent: Operation = {
  method: 'post',
  path: '/v1/payment_intents/:id/cancel',
  params: ['cancellation_reason', 'expand'],
  run(work, { id, params }) {
    const intent = needIntent(work, id);
    needStatus(intent, CANCELABLE, 'canceled');
    releaseHold(work, intent);
    const canceled = work.put('intents', {
      ...intent,
      status: 'canceled',
      amount_capturable: 0,
      canceled_at: now(),
      cancellation_reason: params.text('cancellation_reason') ?? null,
      next_action: null,
    });
    work.emit('payment_intent.canceled', canceled);
    return show(work, canceled, params);
  },
};

/** What the buyer's bank found out about the buyer, who came with the intent's client secret. */
export function authenticateBuyer(work: UnitOfWork, clientSecret: string, approved: boolean): PaymentIntent {
  const intent = findByClientSecret(work, clientSecret);
  if (!intent) throw noSuch('payment_intent', 'with this client secret', 'client_secret', 404);
  needStatus(intent, ['requires_action'], 'authenticated');
  const attempt = { ...intent, next_action: null };
  return approved ? authorise(work, attempt) : failAuthentication(work, attempt);
}

/** A client secret starts with the id of its intent. */
export function findByClientSecret(source: Store | UnitOfWork, clientSecret: string): PaymentIntent | undefined {
  const intent = source.get('intents', clientSecret.split('_secret_')[0] ?? '');
  return intent?.client_secret === clientSecret ? intent : undefined;
}

export function needIntent(work: UnitOfWork, id: string): PaymentIntent {
  const intent = work.get('intents', id);
  if (!intent) throw noSuch('payment_intent', id, 'intent', 404);
  return intent;
}

function draftIntent(params: Params): PaymentIntent {
  const id = newId('pi');
  return {
    id,
    object: 'payment_intent',
    amount: readAmount(params),
    amount_capturable: 0,
    amount_received: 0,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: readCaptureMethod(params),
    client_secret: `${id}_secret_${createHash('sha256').update(randomBytes(32)).digest('hex').slice(0, 24)}`,
    confirmation_method: 'automatic',
    created: now(),
    currency: params.needText('currency'),
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    metadata: params.metadata(),
    next_action: null,
    payment_method: null,
    payment_method_types: readTypes(params),
    status: 'requires_payment_method',
  };
}

function readAmount(params: Params): number {
  const amount = params.needInteger('amount');
  const code = amount < SMALLEST_AMOUNT ? 'amount_too_small' : 'amount_too_large';
  if (amount >= SMALLEST_AMOUNT && amount <= LARGEST_AMOUNT) return amount;
  throw invalidRequest(`Amount must be between ${SMALLEST_AMOUNT} and ${LARGEST_AMOUNT} cents.`, {
    code,
    param: 'amount',
  });
}

function readCaptureMethod(params: Params): 'automatic' | 'manual' {
  const method = params.text('capture_method') ?? 'automatic';
  if (method === 'automatic' || method === 'manual') return method;
  throw invalidRequest('The stand-in knows the capture methods automatic and manual.', { param: 'capture_method' });
}

function readTypes(params: Params): string[] {
  const types = TYPES.flatMap((name) => params.list(name));
  if (types.every((type) => type === 'card')) return ['card'];
  throw invalidRequest('The stand-in knows cards only.', { param: 'allowed_payment_method_types' });
}

function cardToConfirm(store: Store, { id, params }: Call): TestCard | undefined {
  return cardOfMethod(store, params.text('payment_method') ?? store.get('intents', id)?.payment_method);
}

function authorise(work: UnitOfWork, intent: PaymentIntent): PaymentIntent {
  const charge = work.put('charges', draftCharge(intent, { status: 'succeeded', paid: true }));
  const authorised: PaymentIntent = {
    ...intent,
    status: 'requires_capture',
    amount_capturable: intent.amount,
    latest_charge: charge.id,
  };
  if (intent.capture_method === 'automatic') return capture(work, authorised);
  work.emit('payment_intent.amount_capturable_updated', authorised);
  return work.put('intents', authorised);
}

function capture(work: UnitOfWork, intent: PaymentIntent): PaymentIntent {
  const charge = needCharge(work, intent);
  work.put('charges', { ...charge, captured: true, amount_captured: charge.amount });
  const captured = work.put('intents', {
    ...intent,
    status: 'succeeded',
    amount_capturable: 0,
    amount_received: intent.amount,
  });
  work.emit('payment_intent.succeeded', captured);
  return captured;
}

function askForBuyer(work: UnitOfWork, intent: PaymentIntent): PaymentIntent {
  const waiting = work.put('intents', {
    ...intent,
    status: 'requires_action',
    next_action: { type: 'use_stripe_sdk', use_stripe_sdk: {} },
  });
  work.emit('payment_intent.requires_action', waiting);
  return waiting;
}

function decline(work: UnitOfWork, intent: PaymentIntent, refusal: NonNullable<TestCard['refusal']>): StripeFault {
  const { code, declineCode, message } = refusal;
  const failure = { status: 'failed', paid: false, failure_code: code, failure_message: message } as const;
  const charge = work.put('charges', draftCharge(intent, failure));
  const tried = { charge: charge.id, payment_method: work.get('methods', charge.payment_method)?.shown };
  const error: ErrorBody = { type: 'card_error', code, decline_code: declineCode, message, ...tried };
  return new StripeFault(402, { ...error, payment_intent: fail(work, { ...intent, latest_charge: charge.id }, error) });
}

function failAuthentication(work: UnitOfWork, intent: PaymentIntent): PaymentIntent {
  return fail(work, intent, {
    type: 'card_error',
    code: 'payment_intent_authentication_failure',
    message: 'The buyer could not be authenticated.',
  });
}

/** The intent takes another card, or the same one again. */
function fail(work: UnitOfWork, intent: PaymentIntent, error: ErrorBody): PaymentIntent {
  const failed = work.put('intents', {
    ...intent,
    status: 'requires_payment_method',
    payment_method: null,
    last_payment_error: error,
  });
  work.emit('payment_intent.payment_failed', failed);
  return failed;
}

/** Stripe shows money that was held and let go as refunded. */
function releaseHold(work: UnitOfWork, intent: PaymentIntent): void {
  if (intent.status !== 'requires_capture') return;
  const charge = needCharge(work, intent);
  work.put('charges', { ...charge, refunded: true, amount_refunded: charge.amount });
}

function captureRefusal(intent: PaymentIntent): StripeFault {
  const message = 'The issuer of the card refused the capture.';
  const refusal = { code: 'card_declined', decline_code: 'generic_decline', message } as const;
  return new StripeFault(402, { type: 'card_error', ...refusal, payment_intent: intent });
}

function draftCharge(intent: PaymentIntent, outcome: Pick<Charge, 'status' | 'paid'> & Partial<Charge>): Charge {
  return {
    id: newId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    captured: false,
    created: now(),
    currency: intent.currency,
    failure_code: null,
    failure_message: null,
    livemode: false,
    payment_intent: intent.id,
    payment_method: intent.payment_method ?? '',
    refunded: false,
    ...outcome,
  };
}

export function needCharge(work: UnitOfWork, intent: PaymentIntent): Charge {
  const charge = intent.latest_charge ? work.get('charges', intent.latest_charge) : undefined;
  if (!charge) throw new Error(`the intent ${intent.id} is ${intent.status} without a charge`);
  return charge;
}

function needStatus(intent: PaymentIntent, allowed: readonly string[], deed: string): void {
  if (allowed.includes(intent.status)) return;
  const message = `This PaymentIntent could not be ${deed}: its status is ${intent.status}, and needs to be ${allowed.join(', ')}.`;
  throw invalidRequest(message, { code: 'payment_intent_unexpected_state', payment_intent: intent });
}

/**
 * The intent as Stripe shows it, with the objects in place of their ids that `expand` asks for.
 * @param within where in the answer the intent stands: `data.` in a list
 */
function show(work: UnitOfWork, intent: PaymentIntent, params: Params, within = ''): unknown {
  const related: Record<string, unknown> = {
    latest_charge: intent.latest_charge && work.get('charges', intent.latest_charge),
    payment_method: intent.payment_method && work.get('methods', intent.payment_method)?.shown,
  };
  const expanded = params.list('expand').map((path) => {
    const field = path.startsWith(within) ? path.slice(within.length) : '';
    if (!(field in related)) throw invalidRequest(`This property cannot be expanded (${path}).`, { param: 'expand' });
    return [field, related[field]] as const;
  });
  return { ...intent, ...Object.fromEntries(expanded) };
}
