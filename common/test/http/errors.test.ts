import { Router } from 'express';
import mongoose from 'mongoose';
import {
  BadRequestError,
  BusUnavailableError,
  ConflictError,
  ForbiddenError,
  NotAuthenticatedError,
  NotFoundError,
  PayloadTooLargeError,
  PaymentDeclinedError,
  RequestValidationError,
  ServiceUnavailableError,
  TooManyRequestsError,
  UnsupportedMediaTypeError,
} from '../../src';
import { testApp } from './app';

/** What the route below throws. */
let thrown: unknown;
const routes = [
  Router().get('/throw', () => {
    throw thrown;
  }),
  Router().get('/reject', async () => {
    await new Promise((resolve) => setImmediate(resolve));
    throw thrown;
  }),
  Router().get('/late', (_req, res) => {
    res.write('the first half');
    throw thrown;
  }),
];
const { api, log } = testApp(routes);

async function answerTo(error: unknown, path = '/throw') {
  thrown = error;
  const { status, body, headers } = await api.get(path);
  return { status, errors: (body as { errors: Record<string, unknown>[] }).errors, retryAfter: headers['retry-after'] };
}

beforeEach(() => log.splice(0));

describe('errors of ours', () => {
  test.each([
    [
      new BadRequestError('email_taken', 'Taken', 'email'),
      400,
      { code: 'email_taken', message: 'Taken', field: 'email' },
    ],
    [new BadRequestError('invalid_credentials', 'No'), 400, { code: 'invalid_credentials', message: 'No' }],
    [new NotAuthenticatedError(), 401, { code: 'not_authenticated', message: 'Sign in first' }],
    [new ForbiddenError(), 403, { code: 'forbidden', message: 'This is not yours' }],
    [new ForbiddenError('own_ticket', 'Yours'), 403, { code: 'own_ticket', message: 'Yours' }],
    [new NotFoundError(), 404, { code: 'not_found', message: 'Not found' }],
    [new ConflictError('order_paid', 'Paid'), 409, { code: 'order_paid', message: 'Paid' }],
    [new PayloadTooLargeError(), 413, { code: 'body_too_large', message: 'The body is too large' }],
    [
      new UnsupportedMediaTypeError(),
      415,
      { code: 'unsupported_media_type', message: 'Send the body as application/json in UTF-8' },
    ],
    [new PaymentDeclinedError('card_declined', 'No'), 422, { code: 'card_declined', message: 'No' }],
    [
      new PaymentDeclinedError('card_declined', 'No', { declineCode: 'insufficient_funds' }),
      422,
      { code: 'card_declined', message: 'No', declineCode: 'insufficient_funds' },
    ],
    [
      new PaymentDeclinedError('authentication_required', 'Ask', { clientSecret: 'pi_1_secret' }),
      422,
      { code: 'authentication_required', message: 'Ask', clientSecret: 'pi_1_secret' },
    ],
  ])('%s: %i with its code and nothing else', async (error, status, entry) => {
    expect(await answerTo(error)).toEqual({ status, errors: [entry] });
  });

  test.each([
    [new ConflictError('payment_in_progress', 'Wait', { retryAfter: 1 }), 409, '1'],
    [new TooManyRequestsError(30), 429, '30'],
    [new ServiceUnavailableError('overloaded', 'Busy', 5), 503, '5'],
    [new ServiceUnavailableError('payment_outcome_unknown', 'Ask again'), 503, '2'],
  ])('%s: %i, and Retry-After says when to ask again', async (error, status, retryAfter) => {
    expect(await answerTo(error)).toMatchObject({ status, retryAfter });
  });

  test('invalid input: one entry each', async () => {
    const error = new RequestValidationError([{ message: 'Long', field: 'title' }, { message: 'Odd' }]);
    expect(await answerTo(error)).toEqual({
      status: 400,
      errors: [
        { code: 'validation_failed', message: 'Long', field: 'title' },
        { code: 'validation_failed', message: 'Odd' },
      ],
    });
  });

  test('an error that a route rejects with is answered like one that it throws', async () => {
    expect((await answerTo(new NotFoundError(), '/reject')).status).toBe(404);
  });
});

describe('something that is needed is away', () => {
  const { mongo } = mongoose;
  const retryable = new mongo.MongoServerError({ message: 'not primary', code: 10107 });
  retryable.addErrorLabel('RetryableWriteError');

  test.each([
    ['the connection broke', new mongo.MongoNetworkError('connection 1 to 127.0.0.1:27017 closed')],
    ['no answer in time', new mongo.MongoNetworkTimeoutError('connection 1 timed out')],
    ['the server is gone', new mongoose.Error.MongooseServerSelectionError('connect ECONNREFUSED')],
    ['no server', new mongo.MongoServerSelectionError('connect ECONNREFUSED', new Map() as never)],
    ['there was never a connection', new mongoose.Error('Cannot call `users.findOne()` before initial connection …')],
    ['the primary steps down', retryable],
    ['the broker is gone', new BusUnavailableError('not connected')],
  ])('%s: 503, to be tried again soon, and the reason stays in the log', async (_what, error) => {
    const { status, errors, retryAfter } = await answerTo(error);
    expect([status, errors[0]?.code, retryAfter]).toEqual([503, 'dependency_unavailable', '2']);
    expect(JSON.stringify(errors)).not.toContain(error.message);
    expect(log).toEqual([
      expect.objectContaining({ level: 40, error: expect.objectContaining({ message: error.message }) as unknown }),
    ]);
  });

  test('before mongoose ever connected, it says so in the words that we look for', async () => {
    const Thing = mongoose.model('Thing', new mongoose.Schema({ name: String }));
    const error = await Thing.findOne().then(String, (reason: unknown) => reason);
    expect((await answerTo(error)).status).toBe(503);
  });
});

test('a save that lost its race: 409 conflict', async () => {
  const Raced = mongoose.model<{ title: string }>('Raced', new mongoose.Schema({ title: String }));
  const document = new Raced();
  const { status, errors } = await answerTo(new mongoose.Error.VersionError(document, 1, ['title']));
  expect([status, errors[0]?.code]).toEqual([409, 'conflict']);
});

describe('a fault in the program', () => {
  test.each([
    ['an error', new TypeError('secret detail')],
    ['an error that carries a status', Object.assign(new Error('secret detail'), { status: 400 })],
    ['a text', 'secret detail'],
    ['what the database refuses', new mongoose.mongo.MongoServerError({ message: 'secret detail', code: 11000 })],
  ])('%s is thrown: 500 that says nothing but the request id', async (_what, error) => {
    const { status, errors } = await answerTo(error);
    const requestId = log[0]?.requestId;
    expect([status, errors]).toEqual([500, [{ code: 'internal_error', message: 'Something went wrong', requestId }]]);
    const { message, stack } = log[0]?.error as { message: string; stack: string };
    expect([log[0]?.level, message]).toEqual([50, 'secret detail']);
    expect(stack).toContain('secret detail\n    at ');
  });

  test('after the answer has begun: the connection breaks, so that nobody takes it for whole', async () => {
    thrown = new Error('secret detail');
    await expect(api.get('/late')).rejects.toThrow(/aborted|hang up/);
    expect(log).toEqual([
      expect.objectContaining({ level: 50, error: expect.objectContaining({ message: 'secret detail' }) as unknown }),
    ]);
  });
});
