import { Router, type RequestHandler } from 'express';
import type { z } from 'zod';
import type { ErrorCode, ErrorEntry } from '../errors';
import { requireAuth } from '../middlewares/require-auth';

export type Method = 'get' | 'post' | 'put' | 'delete';

/** What a route says of itself: its part of the OpenAPI document, and who may call it. */
export interface Operation {
  readonly method: Method;
  /** As Express writes it: `/api/tickets/:id`. Every parameter of a path is the id of a document. */
  readonly path: string;
  /** The name of the operation for programs, unique among all services. */
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  /**
   * `signed in` is guarded by the route itself; for `anyone or signed in` a session makes a difference. A webhook is called
   * by a stranger who signs the raw body.
   */
  readonly who: 'anyone' | 'anyone or signed in' | 'signed in' | 'webhook';
  readonly query?: z.ZodObject;
  /** Besides those that every request can have. */
  readonly headers?: z.ZodObject;
  readonly body?: z.ZodType;
  /** By status: what comes when all is well. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** By code: those that other routes of its kind can't have. */
  readonly errors?: Errors;
}

/** An example of each code: its message, or the whole entry without the code. A code with several has an array. */
export type Errors = Readonly<Partial<Record<ErrorCode, ErrorExample | readonly ErrorExample[]>>>;
export type ErrorExample = string | Omit<ErrorEntry, 'code'>;

export interface Answer {
  readonly description: string;
  /** Absent: the answer has no body. */
  readonly body?: z.ZodType;
  /** Names and meanings, besides `x-request-id`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One route: what it says of itself, and what it does. */
export interface Route {
  readonly operation: Operation;
  readonly router: Router;
}

/** A route of a service. Its handlers come after the guard that `operation.who` asks for. */
export function route<Params = Record<string, string>>(
  operation: Operation,
  ...handlers: RequestHandler<Params>[]
): Route {
  const { path, method, who } = operation;
  const guards = who === 'signed in' ? [requireAuth] : [];
  const router = Router();
  router[method](path, ...guards, ...(handlers as unknown as RequestHandler[]));
  return { operation, router };
}
