import type { RequestHandler } from 'express';
import { currentUserOf } from './current-user';

/** Guards a route: 401 unless somebody is signed in. */
export const requireAuth: RequestHandler = (req, _res, next) => {
  currentUserOf(req);
  next();
};
