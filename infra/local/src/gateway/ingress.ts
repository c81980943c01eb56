import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

/** Where requests go, as an Ingress of Kubernetes says it. */
export interface Ingress {
  /** The most specific route first. */
  readonly routes: readonly Route[];
  readonly connectSeconds: number;
  /** How long a service may stay silent while a request is open. */
  readonly readSeconds: number;
}

export interface Route {
  readonly path: string;
  readonly pathType: 'Exact' | 'Prefix';
  readonly service: string;
}

const NGINX = 'nginx.ingress.kubernetes.io/';
/** A gateway that left these out of account would route otherwise than the cluster does. */
const UNSUPPORTED = ['use-regex', 'rewrite-target', 'app-root'].map((name) => NGINX + name);

const pathSchema = z.object({
  path: z.string().startsWith('/'),
  pathType: z.enum(['Exact', 'Prefix']),
  backend: z.object({ service: z.object({ name: z.string().min(1) }) }),
});

const annotationsSchema = z.record(z.string(), z.string()).superRefine((annotations, check) => {
  for (const name of UNSUPPORTED.filter((unsupported) => unsupported in annotations)) {
    check.addIssue({ code: 'custom', path: [name], message: 'is not supported by the local gateway' });
  }
});

const ingressSchema = z.object({
  metadata: z.object({ annotations: annotationsSchema.default({}) }),
  spec: z.object({ rules: z.array(z.object({ http: z.object({ paths: z.array(pathSchema).min(1) }) })).min(1) }),
});

/**
 * Reads the one Ingress of a manifest. Its hosts are left out of account: on this machine every name is ours.
 * @throws Error naming what the gateway can't do as the cluster would.
 */
export function readIngress(manifest: string): Ingress {
  const documents = parseAllDocuments(manifest).map((document) => document.toJS() as { kind?: unknown } | null);
  const ingresses = documents.filter((document) => document?.kind === 'Ingress');
  if (ingresses.length !== 1)
    throw new Error(`the manifest holds ${ingresses.length} objects of kind Ingress, not one`);
  const checked = ingressSchema.safeParse(ingresses[0]);
  if (!checked.success) throw new Error(`the Ingress can't be served here:\n${z.prettifyError(checked.error)}`);
  const { metadata, spec } = checked.data;
  return {
    routes: spec.rules.flatMap((rule) => rule.http.paths.map(toRoute)).sort(bySpecificity),
    // nginx's own values where an annotation is absent.
    connectSeconds: Number(metadata.annotations[`${NGINX}proxy-connect-timeout`] ?? 5),
    readSeconds: Number(metadata.annotations[`${NGINX}proxy-read-timeout`] ?? 60),
  };
}

/** The route of the longest path that matches; of two alike, the exact one. */
export function matchRoute(routes: readonly Route[], path: string): Route | undefined {
  return routes.find((route) => (route.pathType === 'Exact' ? route.path === path : isPrefix(route.path, path)));
}

/** Element by element: `/api/users` is a prefix of `/api/users/signin`, and not of `/api/usersettings`. */
function isPrefix(prefix: string, path: string): boolean {
  const given = elementsOf(path);
  return elementsOf(prefix).every((element, place) => element === given[place]);
}

function elementsOf(path: string): string[] {
  return path.split('/').filter((element) => element !== '');
}

function toRoute({ path, pathType, backend }: z.infer<typeof pathSchema>): Route {
  return { path, pathType, service: backend.service.name };
}

function bySpecificity(one: Route, other: Route): number {
  const longer = elementsOf(other.path).length - elementsOf(one.path).length;
  return longer !== 0 ? longer : Number(other.pathType === 'Exact') - Number(one.pathType === 'Exact');
}
