import { Router } from 'express';
import { describeEvents, saidBy } from '../../events';
import type { ListenerClass } from '../../messaging';
import { API_VERSION, describeApi } from './describe-api';
import type { Route } from './route';

interface Described {
  readonly name: string;
  readonly routes: readonly Route[];
  readonly webhooks: readonly Route[];
  readonly listeners: readonly ListenerClass[];
}

/** What a service says of its routes and its events: `/api/tickets/openapi.json` and `asyncapi.json` beside it. */
export function documentRoute({ name, routes, webhooks, listeners }: Described): Router {
  const operations = [...routes, ...webhooks].map(({ operation }) => operation);
  const [prefix] = /^\/api\/\w+/.exec(operations[0]?.path ?? '') ?? [];
  if (!prefix) return Router();
  const title = `ticketing: ${name}`;
  const hears = listeners.map((Listener) => new Listener().subject);
  const api = once(() => describeApi(title, operations));
  const events = once(() => describeEvents(title, API_VERSION, [{ name, says: saidBy(name), hears }]));
  return Router()
    .get(`${prefix}/openapi.json`, (_req, res) => {
      res.send(api());
    })
    .get(`${prefix}/asyncapi.json`, (_req, res) => {
      res.send(events());
    });
}

/** Made when it is first asked for: most processes never are. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
