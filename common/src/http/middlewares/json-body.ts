import express, { type RequestHandler } from 'express';
import { BadRequestError, UnsupportedMediaTypeError, usualMessage } from '../errors';

const LIMIT = '100kb';

const refuseOtherTypes: RequestHandler = (req, _res, next) => {
  // `is` takes a length of zero for a body.
  const isEmpty = req.headers['content-length'] === '0';
  if (!isEmpty && req.is('application/json') === false) throw new UnsupportedMediaTypeError();
  next();
};

const beObject: RequestHandler = (req, _res, next) => {
  const body: unknown = req.body ?? {};
  if (Array.isArray(body)) throw new BadRequestError('malformed_json', usualMessage.malformed_json);
  req.body = body;
  next();
};

/** Reads the body: after this `req.body` is an object, empty if there was none. That of a GET means nothing in HTTP. */
export const jsonBody: RequestHandler[] = [refuseOtherTypes, express.json({ limit: LIMIT }), beObject].map(unlessGet);

function unlessGet(handler: RequestHandler): RequestHandler {
  return (req, res, next) => {
    if (req.method === 'GET' || req.method === 'HEAD') next();
    else void handler(req, res, next);
  };
}
