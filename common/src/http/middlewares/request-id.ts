import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Long enough for any tracing system, and nothing that could break out of a line of the log. */
const SANE = /^[\w.-]{1,100}$/;

/** The id under which all logs know this request: its own if it brings a sane one, else a new one. Told in the answer. */
export function requestId(req: IncomingMessage, res: ServerResponse): string {
  const given = req.headers['x-request-id'];
  const id = typeof given === 'string' && SANE.test(given) ? given : randomUUID();
  res.setHeader('x-request-id', id);
  return id;
}
