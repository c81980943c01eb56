import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createDocument, type oas31, type ZodOpenApiOperationObject, type ZodOpenApiResponseObject } from 'zod-openapi';
import { z } from 'zod';
import { errorStatus, usualMessage, type ErrorCode } from '../errors';
import type { Answer, ErrorExample, Errors, Operation } from './route';
import { wrongId } from '../validators';
import { errorsAnswer, idInput } from './schemas';

const MANIFEST = path.resolve(__dirname, '../../../package.json');

export type ApiDocument = oas31.OpenAPIObject;

/** That of this package. */
export const API_VERSION = (JSON.parse(readFileSync(MANIFEST, 'utf8')) as { version: string }).version;

const { dependency_unavailable, not_authenticated, ...usual } = usualMessage;
const internal_error = { message: usualMessage.internal_error, requestId: '5f1c2d7e-8a43-4c7b-9d0e-3b1f6a2c4d58' };
const { foreign_origin, malformed_json, body_too_large, unsupported_media_type } = usual;
const OF_ANY_ROUTE = { dependency_unavailable, internal_error };
const OF_A_CHANGE = { foreign_origin, malformed_json, body_too_large, unsupported_media_type };
const OF_AN_ID = { validation_failed: wrongId };

const SECURITY: Readonly<Record<Operation['who'], Record<string, string[]>[]>> = {
  anyone: [],
  'anyone or signed in': [{}, { session: [] }],
  'signed in': [{ session: [] }],
  webhook: [],
};

const RETRY_AFTER = 'Seconds after which asking again makes sense.';
/** The last page has no next one. */
const NOT_ALWAYS = ['Link'];
const WITH_RETRY_AFTER: readonly ErrorCode[] = [
  'payment_in_progress',
  'too_many_requests',
  'dependency_unavailable',
  'payment_outcome_unknown',
  'overloaded',
];

const ABOUT = `Every error answer is \`{"errors": [{"message", "code"}]}\`: the message is for people, the code for programs.
A field or parameter that may be absent counts as absent where it is empty.
A 404 from orders or payments for something that was created a moment ago may mean "not yet": ask again for a few seconds.
A change that comes from a page must come from one of ours (\`Origin\`); scripts send none.`;

/** The OpenAPI document of the routes of a service, or of several together. */
export function describeApi(title: string, operations: readonly Operation[]): ApiDocument {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const operation of operations) {
    const path = operation.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [operation.method]: describeOperation(operation) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: { title, description: ABOUT, version: API_VERSION, license: { name: 'ISC', identifier: 'ISC' } },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'session', description: 'Set by signing up or in; HttpOnly.' },
      },
    },
  });
}

function describeOperation(operation: Operation): ZodOpenApiOperationObject {
  const { id, summary, description, who, query, headers, body, path } = operation;
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  return {
    operationId: id,
    tags: [/^\/api\/(\w+)/.exec(path)?.[1] ?? 'api'],
    summary,
    ...(description && { description }),
    security: SECURITY[who],
    requestParams: {
      ...(names.length > 0 && { path: z.object(Object.fromEntries(names.map((name) => [name, idInput]))) }),
      ...(query && { query }),
      ...(headers && { header: headers }),
    },
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: { ...describeAnswers(operation.answers), ...describeErrors(errorsOf(operation)) },
  };
}

function describeAnswers(answers: Readonly<Record<number, Answer>>): Record<string, ZodOpenApiResponseObject> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, { description, body, headers = {} }]) => [
      status,
      {
        description,
        headers: describeHeaders(headers),
        ...(body && { content: { 'application/json': { schema: body } } }),
      },
    ]),
  );
}

/** What can go wrong on this route: its own errors, and those of every route of its kind. */
function errorsOf({ who, method, path, errors }: Operation): Errors {
  return {
    ...OF_ANY_ROUTE,
    ...(method !== 'get' && who !== 'webhook' && OF_A_CHANGE),
    ...(who === 'signed in' && { not_authenticated }),
    ...(path.includes(':') && OF_AN_ID),
    ...errors,
  };
}

/** One answer for each status; an example for each code, named as the code. */
function describeErrors(errors: Errors): Record<string, ZodOpenApiResponseObject> {
  const codes = Object.keys(errors) as ErrorCode[];
  const statuses = [...new Set(codes.map((code) => errorStatus[code]))].sort();
  return Object.fromEntries(
    statuses.map((status) => {
      const ofStatus = codes.filter((code) => errorStatus[code] === status);
      const waits = ofStatus.some((code) => WITH_RETRY_AFTER.includes(code));
      const allWait = ofStatus.every((code) => WITH_RETRY_AFTER.includes(code));
      return [
        String(status),
        {
          description: ofStatus.map((code) => `\`${code}\``).join(', '),
          headers: describeHeaders(waits ? { 'Retry-After': RETRY_AFTER } : {}, allWait ? [] : ['Retry-After']),
          content: { 'application/json': { schema: errorsAnswer, examples: examplesOf(ofStatus, errors) } },
        },
      ];
    }),
  );
}

function examplesOf(codes: readonly ErrorCode[], errors: Errors) {
  const examples = codes.flatMap((code) =>
    [errors[code] as ErrorExample | ErrorExample[]].flat().map((given, place) => {
      const entry = { ...(typeof given === 'string' ? { message: given } : given), code };
      return [place === 0 ? code : `${code} (${place + 1})`, { value: { errors: [entry] } }] as const;
    }),
  );
  return Object.fromEntries(examples);
}

function describeHeaders(headers: Readonly<Record<string, string>>, sometimes: readonly string[] = NOT_ALWAYS) {
  const all = { 'x-request-id': 'Under which id the log knows this request.', ...headers };
  return Object.fromEntries(
    Object.entries(all).map(([name, description]) => [
      name,
      { description, schema: { type: 'string' as const }, ...(!sometimes.includes(name) && { required: true }) },
    ]),
  );
}
