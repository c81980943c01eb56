import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import express, { Router, type NextFunction, type Request, type Response } from 'express';
import { IdempotencyKeys, type KeyedRequest } from './idempotency';
import { newId } from './objects';
import type { Call, Operation } from './operation';
import { Params } from './params';
import {
  cancelIntent,
  captureIntent,
  confirmIntent,
  createIntent,
  listIntents,
  retrieveIntent,
  searchIntents,
} from './payment-intents';
import { createPaymentMethod } from './payment-methods';
import { createRefund, listRefunds } from './refunds';
import type { Store } from './store';
import { inUse, invalidRequest, StripeFault } from './stripe-fault';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly replayed?: true;
  /** It never reaches who asked. */
  readonly lost?: boolean;
}

type ApiRequest = Request<{ id?: string }>;

/** A request as it came and the status that it got. */
export interface SeenRequest extends KeyedRequest {
  readonly status: number;
}

export interface ApiOptions {
  readonly store: Store;
  /** Called when something happened that webhooks tell of. */
  readonly onChange: () => void;
  readonly onRequest: (request: SeenRequest) => void;
}

const operations: readonly Operation[] = [
  createPaymentMethod,
  createIntent,
  listIntents,
  searchIntents,
  retrieveIntent,
  confirmIntent,
  captureIntent,
  cancelIntent,
  createRefund,
  listRefunds,
];

/** Stripe's API under /v1, as far as the stand-in goes. */
export function createApi(options: ApiOptions): Router {
  const desk = new Desk(options);
  const router = Router();
  router.use('/v1', express.urlencoded({ extended: true, verify: keepRaw }), requireTestKey);
  for (const operation of operations) {
    router[operation.method](operation.path, (req: ApiRequest, res) => desk.serve(operation, req, res));
  }
  router.use('/v1', (req) => {
    throw invalidRequest(`The stand-in has no ${req.method} ${req.baseUrl}${req.path}.`, {}, 404);
  });
  router.use('/v1', sendFault);
  return router;
}

/** Where requests are answered: each once, however often it is repeated under its key. */
class Desk {
  private readonly keys: IdempotencyKeys;
  /** Objects that a slow request is working on. */
  private readonly locked = new Set<string>();

  constructor(private readonly options: ApiOptions) {
    this.keys = new IdempotencyKeys(options.store);
  }

  async serve(operation: Operation, req: ApiRequest, res: Response): Promise<void> {
    const request = readRequest(req);
    const answer = await this.answer(operation, req, request).catch(refusalOf);
    this.options.onRequest({ ...request, path: req.originalUrl, status: answer.status });
    if (answer.lost) res.req.socket.destroy();
    else send(res, answer);
  }

  private async answer(operation: Operation, req: ApiRequest, request: KeyedRequest): Promise<Answer> {
    const values = operation.method === 'get' ? req.query : ((req.body ?? {}) as Record<string, unknown>);
    const call = { id: req.params.id ?? '', params: Params.of(values, operation.params) };
    const lost = operation.losesAnswer?.(this.options.store, call) ?? false;
    return { ...(await this.answerOnce(operation, call, request)), lost };
  }

  private async answerOnce(operation: Operation, call: Call, request: KeyedRequest): Promise<Answer> {
    const { key } = request;
    if (operation.method === 'get' || !key) return this.perform(operation, call, request);
    return this.keys.repeat(request) ?? this.keys.whileBusy(key, () => this.perform(operation, call, request));
  }

  private async perform(operation: Operation, call: Call, request: KeyedRequest): Promise<Answer> {
    if (operation.method === 'post') await this.waitItsTime(operation, call);
    const work = this.options.store.begin();
    const answer = attempt(() => operation.run(work, call));
    if (operation.method === 'post' && request.key) this.keys.keep(work, request, answer);
    work.commit();
    this.options.onChange();
    return answer;
  }

  /** @throws StripeFault while somebody else's request is working on the same object */
  private async waitItsTime(operation: Operation, call: Call): Promise<void> {
    if (this.locked.has(call.id)) throw inUse(call.id);
    const seconds = operation.seconds?.(this.options.store, call) ?? 0;
    if (seconds === 0) return;
    this.locked.add(call.id);
    await delay(seconds * 1000);
    this.locked.delete(call.id);
  }
}

function attempt(run: () => unknown): Answer {
  try {
    return { status: 200, body: run() };
  } catch (error) {
    return refusalOf(error);
  }
}

/** What a StripeFault answers; anything else is a fault of the stand-in and goes on. */
function refusalOf(error: unknown): Answer {
  if (!(error instanceof StripeFault)) throw error;
  return { status: error.status, body: { error: error.body } };
}

function send(res: Response, { status, body, replayed }: Answer): void {
  res.set('request-id', newId('req'));
  if (replayed) res.set('idempotent-replayed', 'true');
  res.status(status).send(body);
}

function requireTestKey(req: Request, _res: Response, next: NextFunction): void {
  const key = /^Bearer (\S+)$/.exec(req.get('authorization') ?? '')?.[1];
  if (key?.startsWith('sk_test_')) return next();
  const message = key
    ? 'Invalid API key: the stand-in takes any that starts with sk_test_.'
    : 'You did not provide an API key.';
  throw invalidRequest(message, {}, 401);
}

function sendFault(error: Error, _req: Request, res: Response, _next: NextFunction): void {
  const fault =
    error instanceof StripeFault ? error : new StripeFault(500, { type: 'api_error', message: error.message });
  send(res, refusalOf(fault));
}

const rawBodies = new WeakMap<IncomingMessage, string>();

function keepRaw(req: IncomingMessage, _res: unknown, raw: Buffer): void {
  rawBodies.set(req, raw.toString('utf8'));
}

function readRequest(req: ApiRequest): KeyedRequest {
  return { key: req.get('idempotency-key') ?? '', method: req.method, path: req.path, body: rawBodies.get(req) ?? '' };
}
