import type { RequestHandler } from 'express';
import { ForbiddenError, usualMessage } from '../errors';

const READING = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Lets a browser change state only from our own pages. A request without an origin comes from no page (a script, an API
 * client); `null` is what sandboxed and redirected pages send, and not ours.
 */
export function checkOrigin(ours: readonly string[]): RequestHandler {
  return ({ method, headers: { origin } }, _res, next) => {
    if (origin !== undefined && !READING.includes(method) && !ours.includes(origin)) {
      throw new ForbiddenError('foreign_origin', usualMessage.foreign_origin);
    }
    next();
  };
}
