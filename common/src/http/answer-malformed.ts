import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { RequestValidationError } from './errors';

const refusal = new RequestValidationError([
  { message: 'The request is malformed or incomplete, or its headers are too large' },
]);

/** For a server's `clientError`: what Node can't read as HTTP never reaches the routes, and Node's answer has no body. */
export function answerMalformed(_error: Error, socket: Duplex & { _httpMessage?: ServerResponse | null }): void {
  // An answer that began can't be taken back; as Node does, which knows by the same field.
  if (!socket.writable || socket._httpMessage?.headersSent) return void socket.destroy();
  const body = JSON.stringify({ errors: refusal.serializeErrors() });
  const head = [
    'HTTP/1.1 400 Bad Request',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    `x-request-id: ${randomUUID()}`,
    'Connection: close',
  ];
  // Whoever never closes would keep it.
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
