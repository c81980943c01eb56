import express, { type Express, type RequestHandler, type Router } from 'express';
import type { Logger } from 'pino';
import { healthRoutes, type Health } from './health';
import { measureProcess } from './metrics';
import { accessLog } from './middlewares/access-log';
import { checkOrigin } from './middlewares/check-origin';
import { currentUser } from './middlewares/current-user';
import { errorHandler } from './middlewares/error-handler';
import { jsonBody } from './middlewares/json-body';
import { measureRequests } from './middlewares/measure-requests';
import { noOptions, notFound } from './middlewares/not-found';
import { securityHeaders } from './middlewares/security-headers';
import { session } from './middlewares/session';

export interface AppSettings {
  /** Without it there are no sessions: for a service that has no door to the outside. */
  readonly JWT_KEY?: string;
  readonly PUBLIC_ORIGIN?: readonly string[];
  readonly COOKIE_SECURE?: boolean;
  readonly TRUST_PROXY_HOPS?: number;
}

export interface AppOptions {
  readonly name: string;
  readonly settings: AppSettings;
  /** Stand before the JSON parser and the origin check: strangers call them, and sign the raw body. */
  readonly webhooks?: readonly Router[];
  readonly routes?: readonly Router[];
  readonly health: Health;
  readonly log: Logger;
}

/** The HTTP side of a service: its routes in the frame that all services share. */
export function createApp({ name, settings, webhooks = [], routes = [], health, log }: AppOptions): Express {
  const { JWT_KEY, PUBLIC_ORIGIN = [], COOKIE_SECURE = true, TRUST_PROXY_HOPS = 0 } = settings;
  measureProcess();
  const app = express();
  app.set('trust proxy', TRUST_PROXY_HOPS);
  app.disable('etag');
  app.use(accessLog(log), measureRequests, securityHeaders(COOKIE_SECURE));
  app.use(healthRoutes(name, health));
  app.use(noOptions, ...webhooks, checkOrigin(PUBLIC_ORIGIN), jsonBody, parseQueryOnce);
  if (JWT_KEY !== undefined) app.use(session(COOKIE_SECURE), currentUser(JWT_KEY));
  app.use(...routes, notFound, errorHandler);
  return app;
}

/** Express parses the query anew each time it is looked at, and forgets what a rule of input made of it. */
const parseQueryOnce: RequestHandler = (req, _res, next) => {
  Object.defineProperty(req, 'query', { value: req.query, writable: true });
  next();
};
