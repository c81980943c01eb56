import addFormats from 'ajv-formats';
import Ajv2020, { type ErrorObject } from 'ajv/dist/2020';
import type { ApiDocument, ErrorEntry } from '../http';

/** What a service answered to a request. */
export interface Exchange {
  readonly method: string;
  /** With or without a query. */
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** As it came over the line. */
  readonly body: string;
}

interface Response {
  readonly headers?: Record<string, { readonly required?: boolean }>;
  readonly content?: { 'application/json'?: { examples?: Record<string, { value: ErrorsBody }> } };
}

interface ErrorsBody {
  readonly errors: ErrorEntry[];
}

/** What an answer tells besides its body; any of them has to be in the document where it is sent. */
const TELLING_HEADERS = ['link', 'retry-after', 'set-cookie'];
/** Says which input is wrong, and how: a message for each rule. */
const OF_MANY_WORDS = 'validation_failed';

/**
 * Holds answers to the document of an API.
 * @returns what an answer has that the document does not know, or lacks, as sentences; of requests to no known route
 * only an answer that serves them
 */
export function answerCheck(document: ApiDocument): (exchange: Exchange) => string[] {
  const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }));
  ajv.addSchema(document, 'api');
  const routes = Object.keys(document.paths ?? {}).map((template) => ({ template, matches: routeMatcher(template) }));

  return (exchange) => {
    const path = exchange.path.replace(/\?.*/s, '');
    const method = exchange.method === 'HEAD' ? 'get' : exchange.method.toLowerCase();
    const template = routes.find(({ matches }) => matches.test(path))?.template ?? '';
    const known = document.paths?.[template]?.[method as 'get'];
    const say = (complaint: string) => `${exchange.method} ${path} → ${exchange.status}: ${complaint}`;
    if (!known) return isServed(exchange, path) ? [say('the document does not know this route')] : [];

    const response = (known.responses as Record<string, Response>)[exchange.status];
    if (!response) return [say('the document does not know this status')];
    const pointer = ['paths', template, method, 'responses', String(exchange.status)].map(escape).join('/');
    const checkBody = () => ajv.getSchema(`api#/${pointer}/content/application~1json/schema`);
    return [...aboutHeaders(exchange, response), ...aboutBody(exchange, response, checkBody)].map(say);
  };

  function aboutBody(
    { method, body, status }: Exchange,
    { content }: Response,
    schema: () => ReturnType<typeof ajv.getSchema>,
  ): string[] {
    if (method === 'HEAD') return [];
    if (!content) return body === '' ? [] : ['the document knows no body'];
    const value = parse(body);
    const check = schema();
    if (!check?.(value)) return [`the body is not as documented: ${(check?.errors ?? []).map(toSentence).join(', ')}`];
    return status < 400 ? [] : aboutErrors(value as ErrorsBody, content['application/json']?.examples ?? {});
  }
}

function aboutErrors({ errors }: ErrorsBody, examples: Record<string, { value: ErrorsBody }>): string[] {
  const documented = Object.values(examples).flatMap(({ value }) => value.errors);
  return errors.flatMap((entry) => {
    const { code, message } = entry;
    const ofCode = documented.filter((example) => example.code === code);
    if (ofCode.length === 0) return [`the document does not know the code ${code} here`];
    const isFree = code === OF_MANY_WORDS || code === 'dependency_unavailable';
    if (!isFree && ofCode.every((example) => example.message !== message)) {
      return [`the example of ${code} says "${ofCode[0]?.message}", and the answer "${message}"`];
    }
    const known = new Set(ofCode.flatMap((example) => Object.keys(example)));
    const more = Object.keys(entry).filter((key) => !known.has(key));
    return more.map((key) => `no example of ${code} has a ${key}`);
  });
}

function aboutHeaders({ headers }: Exchange, response: Response): string[] {
  const documented = Object.entries(response.headers ?? {}).map(([name, header]) => ({
    name: name.toLowerCase(),
    isRequired: header.required === true,
  }));
  const undocumented = TELLING_HEADERS.filter(
    (header) => header in headers && !documented.some(({ name }) => name === header),
  );
  const missing = documented.filter(({ name, isRequired }) => isRequired && !(name in headers));
  return [
    ...undocumented.map((name) => `the document does not know the header ${name}`),
    ...missing.map(({ name }) => `the header ${name} is missing`),
  ];
}

/** Like "/ticket must NOT have additional properties: 'outbox'". */
function toSentence({ instancePath, message = '', params }: ErrorObject): string {
  const { additionalProperty } = params as { additionalProperty?: string };
  return `${instancePath || 'it'} ${message}${additionalProperty === undefined ? '' : `: '${additionalProperty}'`}`;
}

/** What the paths of a route look like, as Express compares them. */
export function routeMatcher(template: string): RegExp {
  return new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}/?$`, 'i');
}

function isServed({ status }: Exchange, path: string): boolean {
  return status < 400 && path.startsWith('/api/') && !/\/(open|async)api\.json$/.test(path);
}

function escape(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
