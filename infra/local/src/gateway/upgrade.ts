import { ServerResponse, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { pipeline, type Duplex } from 'node:stream';
import { answerError, answerUnavailable, MALFORMED } from './answers';
import { begin, failureOf, hasBody, passHead, type TimeLimits } from './forward';
import { upgradeHeaders } from './headers';

/** Whether a request asks for the one other protocol that is passed on. */
export function asksForWebSocket(request: IncomingMessage): boolean {
  return request.method === 'GET' && request.headers.upgrade?.toLowerCase() === 'websocket' && !hasBody(request);
}

/** What the client wrote, without its wish for another protocol: HTTP lets a server ignore that. */
export function withoutUpgrade({ method, url, httpVersion, rawHeaders }: IncomingMessage, head: Buffer): Buffer {
  const kept = pairsOf(rawHeaders).filter(([name]) => name.toLowerCase() !== 'upgrade');
  return Buffer.concat([headOf(`${method} ${url} HTTP/${httpVersion}`, kept), head]);
}

/** Sends a request for a WebSocket on to `target`; once granted, bytes flow both ways untouched. */
export function forwardUpgrade(incoming: IncomingMessage, head: Buffer, target: URL, limits: TimeLimits): void {
  const client = incoming.socket;
  const outgoing = begin(incoming, target, limits, { headers: upgradeHeaders(incoming), agent: false });
  if (!outgoing) return answerError(incoming, lastResponse(incoming), MALFORMED);
  let answered = false;
  outgoing.once('upgrade', (answer, service, serviceHead) => {
    service.setTimeout(0);
    const statusLine = `HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}`;
    client.write(Buffer.concat([headOf(statusLine, pairsOf(answer.rawHeaders)), serviceHead]));
    service.write(head);
    join(client, service);
  });
  outgoing.once('response', (answer) => {
    answered = true;
    const response = lastResponse(incoming);
    if (!passHead(answer, response)) {
      answer.destroy();
      return answerUnavailable(incoming, response, 502);
    }
    pipeline(answer, response, () => undefined);
  });
  outgoing.on('error', (error) => {
    if (!answered && !client.destroyed) answerUnavailable(incoming, lastResponse(incoming), failureOf(error));
  });
  client.once('close', () => outgoing.destroy());
  client.on('error', () => outgoing.destroy());
  outgoing.end();
}

/** Node hands an upgrade's bare socket over and makes no response for it; a refusal still wants one. */
export function lastResponse(request: IncomingMessage): ServerResponse {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(request.socket);
  response.once('finish', () => request.socket.end());
  return response;
}

/** A head as bytes; Node reads each byte of one as a character. */
function headOf(firstLine: string, headers: [string, string][]): Buffer {
  const lines = [firstLine, ...headers.map(([name, value]) => `${name}: ${value}`)];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}

function pairsOf(rawHeaders: string[]): [string, string][] {
  return rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? '']] : []));
}

function join(client: Socket, service: Duplex): void {
  pipeline(client, service, () => undefined);
  pipeline(service, client, () => undefined);
}
