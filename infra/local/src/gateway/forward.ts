import {
  Agent,
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
  type RequestOptions,
  type ServerResponse,
} from 'node:http';
import { pipeline } from 'node:stream';
import { answerError, answerUnavailable, MALFORMED, type Failure } from './answers';
import { requestHeaders, responseHeaders } from './headers';

export interface TimeLimits {
  readonly connectSeconds: number;
  readonly readSeconds: number;
}

// Idle connections are given up before the services do (Node's servers after 5 s): who is second sends into nothing.
const agent = new Agent({ keepAlive: true, timeout: 4000, maxFreeSockets: 64 });

const NOT_REACHED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

class TimeLimitError extends Error {
  constructor(readonly failure: Failure) {
    super('the service took too long');
  }
}

/** Sends a request on to `target` and streams its answer back; answers itself where the service fails to. */
export function forward(incoming: IncomingMessage, response: ServerResponse, target: URL, limits: TimeLimits): void {
  const outgoing = begin(incoming, target, limits, { headers: requestHeaders(incoming), agent });
  if (!outgoing) return answerError(incoming, response, MALFORMED);
  let answered = false;
  outgoing.once('response', (answer) => {
    answered = true;
    if (!passHead(answer, response)) {
      answer.destroy();
      return answerUnavailable(incoming, response, 502);
    }
    // A service that dies in the middle of its answer cuts ours too, so that nobody takes it for whole.
    pipeline(answer, response, () => undefined);
  });
  outgoing.on('error', (error) => {
    if (answered || response.destroyed) return;
    if (isStaleConnection(outgoing, error) && isRepeatable(incoming)) forward(incoming, response, target, limits);
    else answerUnavailable(incoming, response, failureOf(error));
  });
  // What the client still sends after the answer is read and dropped, or its connection could not be used again.
  outgoing.once('close', () => incoming.unpipe(outgoing).resume());
  response.once('close', () => outgoing.destroy());
  if (hasBody(incoming)) incoming.pipe(outgoing);
  else outgoing.end();
}

/** Begins the request to a service. @returns nothing when what the client sent is not fit to be sent on */
export function begin(
  { method, url }: IncomingMessage,
  target: URL,
  limits: TimeLimits,
  options: Pick<RequestOptions, 'agent' | 'headers'>,
): ClientRequest | undefined {
  try {
    const outgoing = httpRequest(target, { ...options, method, path: url, timeout: limits.readSeconds * 1000 });
    limitTime(outgoing, limits);
    return outgoing;
  } catch {
    return undefined;
  }
}

/** Begins our answer as the service began its own. @returns whether that can be said in HTTP */
export function passHead(answer: IncomingMessage, response: ServerResponse): boolean {
  try {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, responseHeaders(answer));
    return true;
  } catch {
    response.statusMessage = '';
    return false;
  }
}

/** Ends a request whose service does not take the connection, or takes it and stays silent. */
function limitTime(outgoing: ClientRequest, { connectSeconds }: TimeLimits): void {
  outgoing.on('timeout', () => outgoing.destroy(new TimeLimitError(504)));
  outgoing.once('socket', (socket) => {
    if (!socket.connecting) return;
    const timer = setTimeout(() => outgoing.destroy(new TimeLimitError(503)), connectSeconds * 1000);
    socket.once('connect', () => clearTimeout(timer));
    outgoing.once('close', () => clearTimeout(timer));
  });
}

export function failureOf(error: NodeJS.ErrnoException): Failure {
  if (error instanceof TimeLimitError) return error.failure;
  return NOT_REACHED.includes(error.code ?? '') ? 503 : 502;
}

/** A kept connection that the service had just closed: the request never got anywhere. */
function isStaleConnection(outgoing: ClientRequest, error: NodeJS.ErrnoException): boolean {
  return outgoing.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}

function isRepeatable(request: IncomingMessage): boolean {
  return (request.method === 'GET' || request.method === 'HEAD') && !hasBody(request);
}

export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
