import type { Express } from 'express';
import type { Route } from '../http';

/** What Express keeps of a route, or of a router inside another. */
interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
  readonly handle: { readonly stack?: readonly Layer[] };
}

const PROBES = ['/livez', '/readyz', '/metrics'];
const DOCUMENTS = /^\/api\/\w+\/(open|async)api\.json$/;

/** What an application serves and no operation describes, as `GET /api/tickets/:id`. */
export function undocumentedRoutes(app: Express, routes: readonly Route[]): string[] {
  const documented = new Set(routes.map(({ operation: { method, path } }) => nameOf(method, path)));
  const served = routesOf(app.router.stack as unknown as Layer[]);
  const own = served.filter(({ path }) => !PROBES.includes(path) && !DOCUMENTS.test(path));
  return [
    ...own.map(({ method, path }) => nameOf(method, path)).filter((name) => !documented.has(name)),
    ...routes.filter(servesAnyPath).map(({ operation: { method, path } }) => `use() beside ${nameOf(method, path)}`),
  ];
}

/** Only what stands in a route has a method and a path that can be compared. */
function servesAnyPath({ router }: Route): boolean {
  return (router.stack as unknown as Layer[]).some(({ route }) => !route);
}

function routesOf(stack: readonly Layer[]): { method: string; path: string }[] {
  return stack.flatMap(({ route, handle }) => [
    ...Object.keys(route?.methods ?? {}).map((method) => ({ method, path: route?.path ?? '' })),
    ...(route ? [] : routesOf(handle.stack ?? [])),
  ]);
}

function nameOf(method: string, path: string): string {
  return `${method.toUpperCase()} ${path}`;
}
