import type { ErrorRequestHandler } from 'express';
import { InternalError } from '../errors';
import { recogniseError } from './recognise-error';

/** Answers every error in one shape. What is our own fault is logged with all we know and shown without. */
export const errorHandler: ErrorRequestHandler = (error: unknown, req, res, _next) => {
  const answer = recogniseError(error) ?? new InternalError(req.id as string);
  // The access log writes it beside the request.
  if (answer.statusCode >= 500 || res.headersSent) res.err = asError(error);
  // An answer that began well can't be taken back: a broken connection tells that it is not whole.
  if (res.headersSent) return void res.destroy();
  if (answer.retryAfter !== undefined) res.set('Retry-After', String(answer.retryAfter));
  res.status(answer.statusCode).send({ errors: answer.serializeErrors() });
};

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
