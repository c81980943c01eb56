import fc from 'fast-check';
import type { Request } from './send';

/** What a request brings, by place and name. */
export type Input = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** How a request differs from what the document asks for. */
export interface Oddity {
  readonly ofInput?: (input: Input) => Input;
  readonly ofRequest?: (request: Request) => Request;
}

const POISONOUS_NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '$where', '$gt', 'a.b'];
const OWN_NAMES = ['id', '_id', '__v', 'userId', 'status', 'version', 'orderId', 'price', 'expiresAt', 'outbox'];
const DEEP = 20_000;
/** Over what a service takes, and over what the Ingress does. */
const LARGE = [200_000, 1_500_000];

/** `undefined`: the field is left out. */
const oddValues = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, '', ' ', [], {}, [[]], [null], true, { $gt: '' }, { $ne: null }),
  fc.constantFrom<unknown>(0, -1, 0.001, 1e21, 1e308, -0, 2 ** 53, '1e3', '0x10', 'NaN', 'Infinity', '٣'),
  fc.constantFrom('x'.repeat(201), 'x'.repeat(20_000), '🎫'.repeat(200), 'e\u0301'.repeat(150), '\u0000', '\u001b[2J'),
  fc.constantFrom('\ud800', '\u202eabc', '\ufeff', '\u2028', "' OR 1=1 --", '../../etc/passwd', '<script>', '${7*7}'),
  fc.constantFrom(...POISONOUS_NAMES),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.jsonValue(),
);

const oddFields = fc
  .record({ turn: fc.nat(), value: oddValues })
  .map(({ turn, value }): Oddity => ({ ofInput: (input) => changeField(input, turn, value) }));

const furtherFields = fc
  .record({
    place: fc.constantFrom('query', 'body'),
    name: fc.constantFrom(...POISONOUS_NAMES, ...OWN_NAMES),
    value: oddValues,
  })
  .map(({ place, name, value }): Oddity => ({
    ofInput: (input) => ({ ...input, [place]: { ...input[place], [name]: value } }),
  }));

const PATH_ENDS = '/ /more /%zz /%00 /%E0%A4%A /../tickets /%2e%2e/orders /. // /;a=b /* /:id'.split(' ');

const oddPaths = fc
  .constantFrom(...PATH_ENDS)
  .map((end): Oddity => ({ ofRequest: (request) => ({ ...request, path: request.path.replace(/\?|$/, `${end}$&`) }) }));

const QUERIES = [
  ...['%', '%zz=1', 'q=%E0%A4%A', 'q=%00', 'q=a&q=b', 'q[]=a', 'q[$gt]=', '__proto__[a]=b', 'category[constructor]=x'],
  ...['limit=1&limit=2', 'limit[$gt]=1', 'limit=1e1', 'sort=price&sort=date', 'sort[]=price', 'status[]=created'],
  ...['cursor=', 'cursor=bnVsbA', 'cursor=e30', 'seller=me&seller=me', 'orderId=1&orderId=2', 'orderId[$ne]=1'],
];

const oddQueries = fc.subarray(QUERIES, { minLength: 1, maxLength: 3 }).map((queries): Oddity => ({
  ofRequest: (request) => ({ ...request, path: appendQuery(request.path, queries.join('&')) }),
}));

const oddBodies = fc
  .oneof(
    fc.constantFrom('', '{', '{"a":', '[]', 'null', 'true', '"text"', '7'),
    fc.constantFrom('{"a":1}{"b":2}', "{'a':1}", '{"a":NaN}', '\ufeff{}'),
    fc.constantFrom('['.repeat(DEEP), `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`),
    fc.constantFrom(...LARGE.map((length) => JSON.stringify({ title: 'x'.repeat(length), price: 1 }))),
    fc.string({ unit: 'binary', maxLength: 100 }),
    fc.json(),
  )
  .map((body): Oddity => ({ ofRequest: (request) => withBody(request, body) }));

const oddMethods = fc
  .constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND')
  .map((method): Oddity => ({ ofRequest: (request) => ({ ...request, method }) }));

const oddHeaders = fc
  .constantFrom<Record<string, string>>(
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'application/json; charset=latin1' },
    { 'content-type': 'application/json; charset=none' },
    { 'content-type': 'application/json; charset="' },
    { 'content-type': 'multipart/form-data' },
    { 'content-type': '' },
    { 'content-encoding': 'gzip' },
    { 'content-encoding': 'br' },
    { 'content-encoding': 'zip' },
    { origin: 'https://elsewhere.example' },
    { origin: 'null' },
    { origin: '' },
    { accept: 'text/html' },
    { accept: 'no type' },
    { 'accept-encoding': 'none;q=x' },
    { 'if-none-match': '*' },
    { range: 'bytes=0-1' },
    { expect: '100-continue' },
    { host: 'elsewhere.example' },
    { 'x-forwarded-for': "'" },
    { 'x-forwarded-host': 'elsewhere.example' },
    { 'x-http-method-override': 'DELETE' },
    { 'x-request-id': 'x'.repeat(200) },
    { 'x-request-id': '{"$gt":""}' },
    { 'stripe-signature': 't=1,v1=00' },
    { 'x-long': 'x'.repeat(10_000) },
    { authorization: 'Bearer a.b.c' },
  )
  .map((headers): Oddity => ({
    ofRequest: (request) => ({ ...request, headers: { ...request.headers, ...headers } }),
  }));

/** More than half of all requests have none, or they would all end at the first rule. */
export const oddities: fc.Arbitrary<Oddity> = fc.oneof(
  { weight: 14, arbitrary: fc.constant<Oddity>({}) },
  { weight: 4, arbitrary: oddFields },
  { weight: 2, arbitrary: furtherFields },
  { weight: 1, arbitrary: oddPaths },
  { weight: 1, arbitrary: oddQueries },
  { weight: 1, arbitrary: oddBodies },
  { weight: 1, arbitrary: oddMethods },
  { weight: 1, arbitrary: oddHeaders },
);

function changeField(input: Input, turn: number, value: unknown): Input {
  const fields = Object.entries(input).flatMap(([place, values]) =>
    Object.keys(values).map((name) => [place, name] as const),
  );
  const [place, name] = fields[turn % fields.length] ?? ['query', 'q'];
  return { ...input, [place]: { ...input[place], [name]: value } };
}

export function appendQuery(path: string, query: string): string {
  if (query === '') return path;
  return `${path}${path.includes('?') ? '&' : '?'}${query}`;
}

export function withBody(request: Request, body: string): Request {
  return { ...request, headers: { 'content-type': 'application/json', ...request.headers }, body };
}
