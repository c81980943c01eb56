import type { AxiosInstance } from 'axios';
import { Api } from '../api/calls';
import { ApiError, toApiError, toShownError } from '../api/errors';
import type { Order } from '../api/types';
import type { CardForm } from '../lib/card-form';
import { checkoutReducer, faultEvent } from '../lib/checkout-machine';
import type { Checkout } from '../lib/checkout-machine';
import { askFor } from '../lib/checkout-requests';
import type { CheckoutServices } from '../lib/checkout-requests';
import { newerOrder } from '../lib/newer-order';
import { paymentEvent } from '../lib/payment-events';
import { reserveTicket } from '../lib/reserve-ticket';
import { texts } from '../texts';

const failure = (status: number, ...errors: object[]) => new ApiError({ status, data: { errors }, headers: {} });
const coded = (status: number, code: string, more: object = {}) => failure(status, { message: code, code, ...more });

describe('ApiError', () => {
  afterEach(() => jest.restoreAllMocks());

  test('when fields are wrong, then each message stands at its field and the rest in the summary', () => {
    const error = failure(
      400,
      { message: 'Title is missing', code: 'validation_failed', field: 'title' },
      { message: 'Price is too low', code: 'validation_failed', field: 'price' },
      { message: 'The form is out of date', code: 'validation_failed' },
    );
    expect(error.fields).toEqual({ title: 'Title is missing', price: 'Price is too low' });
    expect(error.summary).toEqual(['The form is out of date']);
    expect(error.isOutage).toBe(false);
  });

  test('when a service asks for patience, then its seconds and the request are known', () => {
    const headers = { 'retry-after': '7', 'x-request-id': 'abc' };
    expect(new ApiError({ status: 429, data: {}, headers })).toMatchObject({ retryAfter: 7, requestId: 'abc' });
  });

  test('when the pages have their own words for a code or a field, then those are said, else the service’s', () => {
    jest.replaceProperty(texts, 'refusals', { ticket_sold: 'Verkauft', validation_failed: 'Falsch' });
    jest.replaceProperty(texts, 'wrongFields', { title: 'Der Titel fehlt' });
    expect(coded(409, 'ticket_sold').summary).toEqual(['Verkauft']);
    expect(coded(409, 'ticket_reserved').summary).toEqual(['ticket_reserved']);
    expect(coded(409, 'conflict', { field: 'title' }).fields).toEqual({ title: 'conflict' });
    const wrong = ['title', 'price'].map((field) => ({ message: 'Wrong', code: 'validation_failed', field }));
    expect(failure(400, ...wrong).fields).toEqual({ title: 'Der Titel fehlt', price: 'Falsch' });
    expect(failure(400, { message: 'Our own', field: 'title' }).fields).toEqual({ title: 'Our own' });
  });

  test('when there is no answer, or one that is not ours, then there is still a sentence to show', () => {
    for (const error of [
      new ApiError(),
      new ApiError({ status: 502, data: '<html>Bad gateway</html>', headers: {} }),
    ]) {
      expect(error.summary).toHaveLength(1);
      expect(error.summary[0]).toMatch(/try again/);
      expect(error.isOutage).toBe(true);
    }
  });

  test('when something else than a request failed, then it is not taken for one', () => {
    expect(() => toApiError(new TypeError('a bug'))).toThrow('a bug');
    expect(toApiError({ isAxiosError: true, response: { status: 404, data: {}, headers: {} } }).status).toBe(404);
  });

  test('when a page has to show a fault of the program, then it says to reload, and the browser logs the fault', () => {
    const report = jest.fn();
    globalThis.reportError = report;
    const fault = new TypeError('a bug');
    expect(toShownError(fault).summary).toEqual([expect.stringMatching(/Reload the page/)]);
    expect(report).toHaveBeenCalledWith(fault);
    expect(toShownError(coded(409, 'conflict')).code).toBe('conflict');
    expect(report).toHaveBeenCalledTimes(1);
  });
});

describe('what an answer to a payment means', () => {
  test.each([
    [coded(422, 'card_declined'), { type: 'payment-refused', message: 'card_declined' }],
    [
      coded(422, 'authentication_required', { clientSecret: 's' }),
      { type: 'authentication-required', clientSecret: 's' },
    ],
    [coded(409, 'order_paid'), { type: 'order-already-paid' }],
    [coded(409, 'order_expired'), { type: 'order-closed' }],
    [coded(409, 'order_cancelled'), { type: 'order-closed' }],
    [coded(409, 'payment_in_progress'), { type: 'no-answer' }],
    [coded(503, 'payment_outcome_unknown'), { type: 'no-answer' }],
    [coded(500, 'internal_error'), { type: 'no-answer' }],
    [new ApiError(), { type: 'no-answer' }],
    [coded(429, 'too_many_requests'), { type: 'payment-refused', message: 'too_many_requests' }],
  ])('%s', (error, event) => {
    expect(paymentEvent(error)).toEqual(event);
  });

  test('when payments does not know the order, then it may know it soon', () => {
    expect(paymentEvent(coded(404, 'not_found'))).toMatchObject({ type: 'order-not-known-yet' });
  });
});

/** The API with answers that are given in advance, by method and address; it notes what it was asked. */
function fakeApi(answers: Record<string, (() => unknown)[]>) {
  const asked: string[] = [];
  const request = ({ method, url }: { method: string; url: string }) => {
    const line = `${method.toUpperCase()} ${url}`;
    asked.push(line);
    const next = answers[line]?.shift();
    if (next === undefined) return Promise.reject(new Error(`Unexpected ${line}`));
    return Promise.resolve().then(() => ({ data: next(), headers: {} }));
  };
  return { api: new Api({ request } as unknown as AxiosInstance), asked };
}

const fails = (error: ApiError) => () => {
  throw error;
};

test('when an id has a slash, then it is still one part of the address', async () => {
  const { api, asked } = fakeApi({});
  await expect(api.showTicket('../orders?')).rejects.toThrow('Unexpected');
  expect(asked).toEqual(['GET /api/tickets/..%2Forders%3F']);
});

describe('reserving a ticket', () => {
  const { signal } = new AbortController();
  const reserve = (api: Api, onDelay = () => undefined) => reserveTicket({ api, ticketId: 't1', signal, onDelay });

  test('when orders has not heard of the ticket yet, then it is asked again', async () => {
    const { api, asked } = fakeApi({
      'POST /api/orders': [fails(coded(404, 'not_found')), () => ({ id: 'o1' })],
      'GET /api/tickets/t1': [() => ({ id: 't1' })],
    });
    const onDelay = jest.fn();
    await expect(reserve(api, onDelay)).resolves.toMatchObject({ id: 'o1' });
    expect(asked).toEqual(['POST /api/orders', 'GET /api/tickets/t1', 'POST /api/orders']);
    expect(onDelay).toHaveBeenCalledTimes(1);
  });

  test('when the ticket does not exist, then it is not asked again', async () => {
    const { api, asked } = fakeApi({
      'POST /api/orders': [fails(coded(404, 'not_found'))],
      'GET /api/tickets/t1': [fails(coded(404, 'not_found'))],
    });
    await expect(reserve(api)).rejects.toMatchObject({ status: 404 });
    expect(asked).toHaveLength(2);
  });

  test('when somebody else holds the ticket, then the conflict is told and nothing more is asked', async () => {
    const { api, asked } = fakeApi({ 'POST /api/orders': [fails(coded(409, 'ticket_reserved'))] });
    await expect(reserve(api)).rejects.toMatchObject({ code: 'ticket_reserved' });
    expect(asked).toEqual(['POST /api/orders']);
  });

  test('when the page is left while it waits, then nothing is asked any more', async () => {
    const controller = new AbortController();
    const { api, asked } = fakeApi({
      'POST /api/orders': [fails(coded(404, 'not_found'))],
      'GET /api/tickets/t1': [() => ({ id: 't1' })],
    });
    const reserving = reserveTicket({
      api,
      ticketId: 't1',
      signal: controller.signal,
      onDelay: () => controller.abort(),
    });
    await expect(reserving).rejects.toMatchObject({ name: 'AbortError' });
    expect(asked).toHaveLength(2);
  });
});

describe('what a step of the checkout asks', () => {
  const card: CardForm = {
    tokenise: () => Promise.resolve({ token: 'tok_visa' }),
    authenticate: () => Promise.resolve({ authenticated: true }),
  };
  const services = (answers: Record<string, (() => unknown)[]>, more: Partial<CheckoutServices> = {}) => ({
    api: fakeApi(answers).api,
    orderId: 'o1',
    card,
    reload: () => Promise.resolve({ status: 'complete' } as Order),
    onSignedOut: jest.fn(),
    ...more,
  });

  test('when the card is needed, then the form gives a token, or says why not', async () => {
    await expect(askFor({ step: 'preparing' }, services({}))).resolves.toEqual({
      type: 'card-tokenised',
      token: 'tok_visa',
    });
    await expect(askFor({ step: 'preparing' }, services({}, { card: null }))).resolves.toMatchObject({
      type: 'payment-refused',
    });
  });

  test('when the payment is accepted or refused, then the event says so', async () => {
    const paying = { step: 'paying', token: 'tok_visa', attempt: 0 } as const;
    await expect(askFor(paying, services({ 'POST /api/payments': [() => ({ id: 'p1' })] }))).resolves.toEqual({
      type: 'payment-accepted',
    });
    const signedOut = services({ 'POST /api/payments': [fails(coded(401, 'not_authenticated'))] });
    await expect(askFor(paying, signedOut)).resolves.toMatchObject({ type: 'payment-refused' });
    expect(signedOut.onSignedOut).toHaveBeenCalledTimes(1);
  });

  test('when the order cannot be read, then that is an event too', async () => {
    const reload = () => Promise.reject(coded(503, 'dependency_unavailable'));
    await expect(askFor({ step: 'checking', token: 't' }, services({}, { reload }))).resolves.toEqual({
      type: 'order-unreadable',
    });
    await expect(askFor({ step: 'confirming', attempt: 0 }, services({}))).resolves.toMatchObject({
      type: 'order-loaded',
    });
  });
});

describe('a step of the checkout whose asking broke', () => {
  test.each<[Checkout, Checkout]>([
    [{ step: 'preparing' }, { step: 'declined', message: 'Reload the page' }],
    [
      { step: 'authenticating', token: 't', clientSecret: 's' },
      { step: 'declined', message: 'Reload the page' },
    ],
    [
      { step: 'paying', token: 't', attempt: 2 },
      { step: 'checking', token: 't' },
    ],
    [
      { step: 'checking', token: 't' },
      { step: 'unknown', token: 't' },
    ],
    [
      { step: 'confirming', attempt: 0 },
      { step: 'confirming', attempt: 1 },
    ],
    [
      { step: 'expiring', attempt: 0, paymentTried: false },
      { step: 'expiring', attempt: 1, paymentTried: false },
    ],
  ])('when it is %j, then it goes on as %j', (state, next) => {
    expect(checkoutReducer(state, faultEvent(state, new Error('Reload the page')))).toEqual(next);
  });
});

test('when answers about an order overtake each other, then the newest version stays', () => {
  const created = { status: 'created', version: 0 } as Order;
  const complete = { status: 'complete', version: 1 } as Order;
  expect(newerOrder(created, complete)).toBe(complete);
  expect(newerOrder(complete, created)).toBe(complete);
});
