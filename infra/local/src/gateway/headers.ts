import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';

/** What concerns one connection and not the message on it. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-connection', 'proxy-authenticate', 'te', 'trailer', 'upgrade'];
/** Who was before us is for us to say: we are the first hop, and whatever the client says of others is made up. */
const FORWARDING = /^(forwarded|x-forwarded-.*|x-real-ip)$/;
/** Node has answered it already. */
const EXPECT = 'expect';
/** How long the body is: without them it would be read as further requests, so `Connection` can't take them away. */
const FRAMING = ['content-length', 'transfer-encoding'];
const SANE_REQUEST_ID = /^[\w.-]{1,100}$/;

/** What a service is told: the client's own headers, and who the client is. */
export function requestHeaders(request: IncomingMessage): OutgoingHttpHeaders {
  const own = without(request.headers, (name) => FORWARDING.test(name) || name === EXPECT);
  // A client that is gone has no address, and one that speaks HTTP/1.0 need not name a host.
  return withoutUndefined({
    ...own,
    'x-forwarded-for': request.socket.remoteAddress?.replace(/^::ffff:/, ''),
    'x-forwarded-proto': 'http',
    'x-forwarded-host': request.headers.host,
    'x-request-id': requestIdOf(request),
  });
}

/** As `requestHeaders`, still asking for the other protocol. */
export function upgradeHeaders(request: IncomingMessage): OutgoingHttpHeaders {
  return { ...requestHeaders(request), connection: 'Upgrade', upgrade: request.headers.upgrade };
}

/** What the client is told: the service's headers; the length of a chunked body is ours to say. */
export function responseHeaders(response: IncomingMessage): OutgoingHttpHeaders {
  return without(response.headers, (name) => name === 'transfer-encoding');
}

/** The request's own id when it sends a sane one, else a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  if (typeof given === 'string' && SANE_REQUEST_ID.test(given)) return given;
  return (request.headers['x-request-id'] = randomUUID());
}

function without(headers: IncomingHttpHeaders, unwanted: (name: string) => boolean): OutgoingHttpHeaders {
  const named = (headers.connection?.toLowerCase().split(/\s*,\s*/) ?? []).filter((name) => !FRAMING.includes(name));
  const kept = Object.entries(headers).filter(
    ([name]) => !HOP_BY_HOP.includes(name) && !named.includes(name) && !unwanted(name),
  );
  return Object.fromEntries(kept);
}

/** Node refuses to send a header that is undefined. */
function withoutUndefined(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
}
