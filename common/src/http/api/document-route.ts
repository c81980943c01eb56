import { Router } from 'express';
import { describeApi, type ApiDocument } from './describe-api';
import type { Route } from './route';

interface Described {
  readonly name: string;
  readonly routes: readonly Route[];
  readonly webhooks: readonly Route[];
}

/** What a service says of its routes: `/api/tickets/openapi.json`. */
export function documentRoute({ name, routes, webhooks }: Described): Router {
  const operations = [...routes, ...webhooks].map(({ operation }) => operation);
  const [prefix] = /^\/api\/\w+/.exec(operations[0]?.path ?? '') ?? [];
  if (!prefix) return Router();
  // Made when it is first asked for: most processes never are.
  let document: ApiDocument | undefined;
  return Router().get(`${prefix}/openapi.json`, (_req, res) => {
    document ??= describeApi(`ticketing: ${name}`, operations);
    res.send(document);
  });
}
