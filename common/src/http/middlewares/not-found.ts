import type { RequestHandler } from 'express';
import { NotFoundError } from '../errors';

/** What no route answers. */
export const notFound: RequestHandler = () => {
  throw new NotFoundError('There is nothing at this address');
};

/** Express would name the methods of the first router that knows the path, and we offer nothing to other origins. */
export const noOptions: RequestHandler = (req, _res, next) => {
  if (req.method === 'OPTIONS') throw new NotFoundError('There is nothing at this address');
  next();
};
