import type { IncomingMessage, ServerResponse } from 'node:http';

/** What the services take for an id, too; it can neither break a header nor a line of the log. */
const sane = /^[\w.-]{1,100}$/;

/**
 * The id under which a visitor's request and the API calls made for it are found in the logs. The ingress usually
 * gave one already; the answer carries it, so that a visitor can quote it.
 */
export function nameRequest(req: IncomingMessage, res: ServerResponse): string {
  const given = req.headers['x-request-id'];
  const requestId = typeof given === 'string' && sane.test(given) ? given : crypto.randomUUID();
  req.headers['x-request-id'] = requestId;
  if (!res.headersSent) res.setHeader('x-request-id', requestId);
  return requestId;
}
