import { readFileSync } from 'node:fs';
import { Server, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { posix } from 'node:path';
import { answerMalformed } from '@ticketing/common';
import { answerError, MALFORMED, type Refusal } from './answers';
import { forward } from './forward';
import { matchRoute, readIngress, type Ingress } from './ingress';
import { asksForWebSocket, forwardUpgrade, lastResponse, withoutUpgrade } from './upgrade';

export interface GatewayOptions {
  /** The file of the Ingress. */
  readonly manifest: string;
  /** From the name of a service in the manifest to where its replicas listen here; they are asked in turn. */
  readonly targets: Readonly<Record<string, readonly string[]>>;
}

/** Node's default of 5 s makes browsers connect anew at every click. */
const KEEP_ALIVE_MILLISECONDS = 75_000;

/** What the cluster asks of each pod by itself, and nobody from the outside. */
const FOR_THE_CLUSTER = /^\/(metrics|livez|readyz)\/?$/i;

const NOT_FOUND: Refusal = { status: 404, code: 'not_found', message: 'There is nothing here' };

/**
 * An HTTP server that does on this machine what the Ingress does in a cluster.
 * @throws Error when the manifest can't be followed, or names a service that has no target.
 */
export function createGateway({ manifest, targets }: GatewayOptions): Server {
  const ingress = readIngress(readFileSync(manifest, 'utf8'));
  const find = finder(ingress, targets);
  const gateway = new Gateway({ keepAliveTimeout: KEEP_ALIVE_MILLISECONDS });
  gateway.on('clientError', answerMalformed);
  gateway.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const found = find(request.url ?? '');
    if (found instanceof URL) forward(request, response, found, ingress);
    else answerError(request, response, found);
  });
  gateway.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    if (!asksForWebSocket(request)) return gateway.readAgain(socket, withoutUpgrade(request, head));
    gateway.track(socket);
    const found = find(request.url ?? '');
    if (found instanceof URL) forwardUpgrade(request, head, found, ingress);
    else answerError(request, lastResponse(request), found);
  });
  return gateway;
}

/** Tells where the request for a URL goes, or why it goes nowhere. */
function finder({ routes }: Ingress, targets: GatewayOptions['targets']): (url: string) => URL | Refusal {
  const replicas = new Map(routes.map(({ service }) => [service, inTurn(targetsOf(service, targets))]));
  return (url) => {
    const path = pathOf(url);
    if (path === undefined) return MALFORMED;
    const route = FOR_THE_CLUSTER.test(path) ? undefined : matchRoute(routes, path);
    return (route && replicas.get(route.service)?.()) ?? NOT_FOUND;
  };
}

function targetsOf(service: string, targets: GatewayOptions['targets']): URL[] {
  const urls = targets[service]?.map((url) => new URL(url)) ?? [];
  if (urls.length === 0) throw new Error(`the Ingress routes to ${service}, and nobody says where that is`);
  return urls;
}

function inTurn<T>(items: readonly T[]): () => T | undefined {
  let next = 0;
  return () => items[next++ % items.length];
}

/** The path as nginx compares it: decoded, with dots resolved and double slashes taken for one. */
function pathOf(url: string): string | undefined {
  // A fragment is never sent by right, and a service takes it for the end of the path.
  if (!url.startsWith('/') || url.includes('#')) return undefined;
  try {
    return posix.normalize(decodeURIComponent(url.replace(/\?.*$/s, '')));
  } catch {
    return undefined;
  }
}

class Gateway extends Server {
  private readonly upgraded = new Set<Socket>();

  /** Node forgets a connection that it hands over to another protocol, so it would stay open for ever. */
  track(socket: Socket): void {
    this.upgraded.add(socket);
    socket.once('close', () => this.upgraded.delete(socket)).on('error', () => socket.destroy());
  }

  /**
   * Takes a connection back that Node has handed over, and begins anew with what was read from it. Node hands over
   * at any `Upgrade`, with the body unread; before 24.9 it has no `shouldUpgradeCallback` to be told which are meant.
   */
  readAgain(socket: Socket, bytes: Buffer): void {
    socket.unshift(bytes);
    this.emit('connection', socket);
  }

  override closeAllConnections(): void {
    super.closeAllConnections();
    for (const socket of this.upgraded) socket.destroy();
  }
}
