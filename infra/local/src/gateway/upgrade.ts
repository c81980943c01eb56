import { request as httpRequest, ServerResponse, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { pipeline, type Duplex } from 'node:stream';
import { answerUnavailable } from './answers';
import { failureOf, limitTime, type TimeLimits } from './forward';
import { responseHeaders, upgradeHeaders } from './headers';

/** Sends a request for another protocol (WebSocket) on to `target`; once granted, bytes flow both ways untouched. */
export function forwardUpgrade(incoming: IncomingMessage, head: Buffer, target: URL, limits: TimeLimits): void {
  const client = incoming.socket;
  const outgoing = httpRequest(target, {
    method: incoming.method,
    path: incoming.url,
    headers: upgradeHeaders(incoming),
    agent: false,
    timeout: limits.readSeconds * 1000,
  });
  limitTime(outgoing, limits);
  outgoing.once('upgrade', (answer, service, serviceHead) => {
    service.setTimeout(0);
    client.write(Buffer.concat([Buffer.from(headOf(answer)), serviceHead]));
    service.write(head);
    join(client, service);
  });
  outgoing.once('response', (answer) => {
    const response = lastResponse(incoming);
    response.writeHead(answer.statusCode ?? 502, responseHeaders(answer));
    pipeline(answer, response, () => undefined);
  });
  outgoing.on('error', (error) => {
    if (!client.destroyed) answerUnavailable(incoming, lastResponse(incoming), failureOf(error));
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

function headOf(answer: IncomingMessage): string {
  const lines = [`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}`];
  for (let at = 0; at < answer.rawHeaders.length; at += 2) {
    lines.push(`${answer.rawHeaders[at]}: ${answer.rawHeaders[at + 1]}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}

function join(client: Socket, service: Duplex): void {
  pipeline(client, service, () => undefined);
  pipeline(service, client, () => undefined);
}
