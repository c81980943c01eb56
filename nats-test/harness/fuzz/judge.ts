import { isDeepStrictEqual } from 'node:util';
import { errorsAnswer } from '@ticketing/common';
import { answerCheck } from '@ticketing/common/testing';
import { apiDocument, isForService, operationAt } from './document';
import type { Person } from './people';
import type { Answer, Request } from './send';

/** A request, its answer, and who asked. */
export interface Exchange {
  readonly request: Request;
  readonly answer: Answer;
  /** Undefined: somebody who is not signed in, whatever their session says. */
  readonly asker: Person | undefined;
  /** Asked again, as a 503 says. */
  readonly isRepeated?: boolean;
}

/** What no answer may tell, or not to everybody. */
export interface Secrets {
  /** Settings of the services. */
  readonly settings: readonly string[];
  /** With what they signed up; the sessions of later, and who signs up by chance, are not looked for. */
  readonly people: readonly Person[];
  /** The id of the buyer, as the answers about orders have told it. */
  readonly buyerOf: (orderId: string) => string | undefined;
}

/**
 * What shows the inside: hashes, stacks, files, words of the database and of its records. Each is too long, or has a
 * sign too many, to come of the letters and digits drawn at random: a shorter one, in any case, is met by chance.
 */
const INSIDES =
  /scrypt\$|(?:\n|\\n)\s+at \S|node_modules|\.[jt]s:\d+|Mongo\w*Error|mongodb:|mongoose|E11000 |BSON\w*Error|CastError|Cast to|"(?:passwordHash|outbox|_id|__v)"|:\/\/127\.0\.0\.1/;

const isAsDocumented = answerCheck(apiDocument);
/** What a session that can't be read is replaced by, on any route: an empty one. */
const NO_SESSION = 'session=e30=;';

/** With what a request is refused before any route is looked for, and when none is found. */
const OF_NO_ROUTE = [400, 403, 404, 413, 415];

/** What is wrong with an answer, as sentences. */
export function complaintsOf(exchange: Exchange, secrets: Secrets): string[] {
  const { request, answer } = exchange;
  if (answer.status === 0) return [`there was no answer: ${answer.body}`];
  if (!isForService(request)) return leaksOf(exchange, secrets);
  const others = answer.status < 400 ? aboutServed(exchange, secrets) : aboutError(exchange);
  return [...others, ...leaksOf(exchange, secrets)];
}

function aboutServed(exchange: Exchange, { buyerOf }: Secrets): string[] {
  const { request, answer, asker } = exchange;
  const isForbidden = operationAt(request)?.needsSession && !asker;
  const buyers = buyersIn(exchange, buyerOf);
  return [
    ...(isForbidden ? ['nobody is signed in, and it is served'] : []),
    ...(answer.body === '' || isJson(answer) ? [] : ['the answer is not JSON']),
    ...(buyers.every((buyer) => buyer === asker?.userId) ? [] : ['it is about the order of another']),
    ...asDocumented(request, answer),
  ];
}

/** Of each order and each payment that the answer shows. */
function buyersIn({ request, answer }: Exchange, buyerOf: Secrets['buyerOf']): (string | undefined)[] {
  const group = operationAt(request)?.group;
  const entries = [parse(answer.body)].flat() as ({ userId?: string; orderId?: string; id?: string } | undefined)[];
  const shown = entries.filter((entry) => entry?.id !== undefined);
  if (group === 'orders') return shown.map((entry) => entry?.userId);
  if (group !== 'payments') return [];
  // What was just paid is shown without its order.
  const paid = (parse(request.body ?? '') as { orderId?: string } | undefined)?.orderId;
  return shown.map((entry) => buyerOf(entry?.orderId ?? paid ?? ''));
}

/** Errors have one form, also where there is no route to say which it can have. */
function aboutError({ request, answer, isRepeated }: Exchange): string[] {
  const { status } = answer;
  return [
    ...(status >= 500 && !isRepeated ? ['this is a fault of ours'] : []),
    ...aboutForm(request, answer),
    ...(operationAt(request) ? asDocumented(request, answer) : []),
    ...(operationAt(request) || OF_NO_ROUTE.includes(status) ? [] : ['no route is there to say so']),
  ];
}

function asDocumented(request: Request, answer: Answer): string[] {
  return isAsDocumented({ ...request, ...answer, headers: headersOf(answer) });
}

function headersOf({ headers: { 'set-cookie': cookies, ...others } }: Answer) {
  const isKept = cookies?.some((cookie) => !cookie.startsWith(NO_SESSION));
  return isKept ? { ...others, 'set-cookie': cookies } : others;
}

function aboutForm({ method }: Request, answer: Answer): string[] {
  const { headers, body } = answer;
  if (!isJson(answer)) return ['the error is not JSON'];
  if (!('x-request-id' in headers)) return ['the error has no x-request-id'];
  if (method === 'HEAD') return [];
  const said = parse(body);
  const { data } = errorsAnswer.safeParse(said);
  return data && isDeepStrictEqual(data, said) ? [] : ['the error has another form'];
}

function leaksOf({ request, answer, asker }: Exchange, { settings, people }: Secrets): string[] {
  const said = [...Object.entries(answer.headers).map(([name, value]) => `${name}: ${String(value)}`), answer.body];
  const text = said.join('\n');
  const inside = INSIDES.exec(text)?.[0];
  const others = people.filter(({ email }) => email !== asker?.email && !JSON.stringify(request).includes(email));
  return [
    ...(inside === undefined ? [] : [`it shows the inside: ${inside}`]),
    ...settings.filter((setting) => text.includes(setting)).map((setting) => `it tells the setting ${setting}`),
    ...others.filter(({ email }) => text.includes(email)).map(({ email }) => `it tells the address ${email}`),
    ...others
      .filter(({ cookie }) => text.includes(valueOf(cookie)))
      .map(({ email }) => `it tells the session of ${email}`),
    // Not even to their owner. Requests have them in no field but the one for passwords, which no answer repeats.
    ...people.filter(({ password }) => text.includes(password)).map(({ email }) => `it tells the password of ${email}`),
  ];
}

/** A session is told whatever stands before it. */
function valueOf(cookie: string): string {
  return cookie.replace(/^session=/, '');
}

function isJson({ headers }: Answer): boolean {
  return headers['content-type']?.startsWith('application/json') ?? false;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
