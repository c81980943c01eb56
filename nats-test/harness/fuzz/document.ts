import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import type { ApiDocument } from '@ticketing/common';
import { routeMatcher } from '@ticketing/common/testing';
import { inClone } from '@ticketing/local';
import type { Request } from './send';

const LONGEST_HEAD = 15_000;

/** A schema, as far as it is looked into here. */
export type Schema = Readonly<Record<string, unknown>>;

/** What the document says of one route. */
export interface Operation {
  /** `PUT /api/tickets/{id}` */
  readonly name: string;
  readonly method: string;
  readonly template: string;
  /** The plural of what it is about, as in its path. */
  readonly group: string;
  /** Of all that a request brings: `path`, `query` and, where there is one, `body`. */
  readonly input: Schema;
  readonly needsSession: boolean;
  readonly statuses: readonly number[];
}

interface Parameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Described {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
  readonly security: readonly object[];
  readonly responses: object;
  readonly tags: readonly [string];
}

/** The tests of the documents compare this file with the code. */
export const apiDocument = JSON.parse(readFileSync(inClone('docs/api/openapi.json'), 'utf8')) as ApiDocument;

export const operations: readonly Operation[] = Object.entries(apiDocument.paths ?? {}).flatMap(([template, item]) =>
  Object.entries(item as Record<string, Described>).map(([method, described]) =>
    operationOf(method.toUpperCase(), template, described),
  ),
);

/** The route that a request gets to, if there is one. */
export function operationAt(request: Request): Operation | undefined {
  if (isTooLong(request) || !isForService(request)) return undefined;
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const path = request.path.replace(/\?.*/s, '');
  return operations.find((operation) => operation.method === method && routeMatcher(operation.template).test(path));
}

/** The rest is for the pages, which a `Shop` does without. As the gateway reads a path; what it can't read it refuses. */
export function isForService({ path }: Request): boolean {
  try {
    const read = posix.normalize(decodeURIComponent(path.replace(/\?.*/s, '')));
    return groups.has(/^\/api\/(\w+)(?:\/|$)/.exec(read)?.[1] ?? '');
  } catch {
    return true;
  }
}

/** Node reads no head that is longer, and so nobody sees it. */
function isTooLong({ path, headers }: Request): boolean {
  return path.length + JSON.stringify(headers).length > LONGEST_HEAD;
}

const groups = new Set(operations.map(({ group }) => group));

/** What `$ref` stands for. */
export function resolve(ref: string): Schema {
  const schema = apiDocument.components?.schemas?.[ref.replace('#/components/schemas/', '')];
  if (!schema) throw new Error(`the document lacks ${ref}`);
  return schema as Schema;
}

function operationOf(method: string, template: string, described: Described): Operation {
  const { parameters = [], requestBody, security, responses, tags } = described;
  const [path, query] = (['path', 'query'] as const).map((place) =>
    objectOf(parameters.filter((parameter) => parameter.in === place)),
  );
  const body = requestBody?.content['application/json'].schema;
  const places = { path, query, ...(body && { body }) };
  return {
    name: `${method} ${template}`,
    method,
    template,
    group: tags[0],
    input: { type: 'object', properties: places, required: Object.keys(places) },
    needsSession: security.length > 0 && security.every((way) => 'session' in way),
    statuses: Object.keys(responses).map(Number),
  };
}

function objectOf(parameters: readonly Parameter[]): Schema {
  return {
    type: 'object',
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
}
