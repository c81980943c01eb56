import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import {
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { createGateway } from '../src/gateway';

export const manifest = path.resolve(__dirname, '../../k8s/ingress.yaml');
const services = ['auth-srv', 'tickets-srv', 'orders-srv', 'payments-srv', 'client-srv'];
const nowhere = 'http://127.0.0.1:1';

interface Reply {
  readonly status?: number;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}
/** What a service does with a request; one that returns nothing writes its own answer. */
type Behaviour = (incoming: IncomingMessage, response: ServerResponse) => Reply | undefined | void | Promise<Reply>;

export interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The text as JSON, if it is some. */
  readonly json: unknown;
}

const open = new Set<Server>();
const folders: string[] = [];

/** Closes all that a test has opened. */
export async function stopAll(): Promise<void> {
  await Promise.all([...open].map(stop));
  open.clear();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
}

type Given = Behaviour | string | undefined;

/**
 * A gateway in front of the given services, each once or by its replicas; an address stands for a service that runs
 * already, absence for none.
 */
export async function startGateway(
  given: Record<string, Given | readonly Given[]>,
  limits: { readSeconds?: number } = {},
) {
  const targets = Object.fromEntries(
    await Promise.all(
      services.map(async (name) => [name, await Promise.all([given[name]].flat().map(addressOf))] as const),
    ),
  );
  const server = createGateway({ manifest: limits.readSeconds ? impatient(limits.readSeconds) : manifest, targets });
  const { hostname, port } = new URL(await listen(server));
  const address = { host: hostname, port: Number(port) };
  return {
    server,
    address,
    send: (url: string, options: SendOptions = {}) => send({ ...address, ...options, path: url }),
  };
}

/** A gateway in front of services that all tell who they are and what they were sent. */
export function startEchoes() {
  const echo =
    (service: string): Behaviour =>
    ({ url, headers }) => ({
      body: JSON.stringify({ service, url, host: headers.host, headers }),
    });
  return startGateway(Object.fromEntries(services.map((name) => [name, echo(name)])));
}

/** Listens (on a free port, if none is given) until the test is over. @returns where */
export async function listen(server: Server, port = 0): Promise<string> {
  open.add(server);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server that speaks bytes. */
export function listenTcp(onConnection: (socket: Socket) => void): Promise<string> {
  return listen(createTcpServer((socket) => onConnection(socket.on('error', () => undefined))));
}

/** A port on which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createTcpServer();
  const { port } = new URL(await listen(server));
  await stop(server);
  open.delete(server);
  return Number(port);
}

interface SendOptions {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

function send({ body = '', ...options }: SendOptions & { host: string; port: number; path: string }): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ agent: false, ...options }, (incoming) => {
      textOf(incoming).then((text) => {
        resolve({ status: incoming.statusCode, headers: incoming.headers, text, json: toJson(text) });
      }, reject);
    });
    outgoing.on('error', reject).end(body);
  });
}

export async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** What a socket says until `end` was said, or until it is closed. */
export async function textUntil(socket: Socket, end?: string): Promise<string> {
  let text = '';
  return new Promise((resolve) => {
    const hear = (chunk: Buffer) => {
      text += chunk.toString();
      if (end !== undefined && text.includes(end)) finish();
    };
    const finish = () => {
      socket.off('data', hear).off('close', finish);
      resolve(text);
    };
    socket.on('data', hear).on('close', finish);
  });
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function addressOf(given: Given): Promise<string> {
  if (typeof given !== 'function') return given ?? nowhere;
  const answer = async (incoming: IncomingMessage, response: ServerResponse) => {
    const reply = await given(incoming, response);
    if (reply) response.writeHead(reply.status ?? 200, reply.headers).end(reply.body);
  };
  return listen(createServer((incoming, response) => void answer(incoming, response)));
}

/** The manifest with another time limit. */
function impatient(readSeconds: number): string {
  const ingress = parse(readFileSync(manifest, 'utf8')) as { metadata: { annotations: Record<string, string> } };
  ingress.metadata.annotations['nginx.ingress.kubernetes.io/proxy-read-timeout'] = String(readSeconds);
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'gateway-')), 'ingress.yaml');
  writeFileSync(file, stringify(ingress));
  folders.push(path.dirname(file));
  return file;
}

async function stop(server: Server): Promise<void> {
  const stopped = new Promise((resolve) => server.close(resolve));
  if ('closeAllConnections' in server) (server as HttpServer).closeAllConnections();
  await stopped;
}
