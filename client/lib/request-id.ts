import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * The id under which a visitor's request and the API calls made for it are found in the logs. The ingress usually
 * gave one already; the answer carries it, so that a visitor can quote it.
 */
export function nameRequest(req: IncomingMessage, res: ServerResponse): string {
  const requestId = String((req.headers['x-request-id'] ??= crypto.randomUUID()));
  if (!res.headersSent) res.setHeader('x-request-id', requestId);
  return requestId;
}
