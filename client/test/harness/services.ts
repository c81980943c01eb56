import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { order } from './samples';

declare const openAt: (url: string) => void;

export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** What is sent back; `no answer` cuts the line. */
export type Reply = Answer | 'no answer';

interface Asked {
  route: string;
  body: unknown;
}

/** jsdom does not change the origin of its requests together with the address of its page. */
const opened = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': '*',
  'access-control-allow-headers': 'content-type',
  'access-control-expose-headers': 'date, link, retry-after, x-request-id',
};

/** A server in the place of the services: axios really asks it. */
export class Services {
  readonly asked: Asked[] = [];
  private readonly replies = new Map<string, Reply[]>();
  private readonly server = createServer((req, res) => void this.answer(req, res));

  async start(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    openAt(`http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`);
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  forget(): void {
    this.asked.length = 0;
    this.replies.clear();
  }

  /** One reply after the other, the last of them from then on. */
  replyTo(route: string, ...replies: Reply[]): void {
    this.replies.set(route, replies);
  }

  /** The bodies of what was sent to a route. */
  sentTo(route: string): unknown[] {
    return this.asked.filter((request) => request.route === route).map(({ body }) => body);
  }

  private async answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (req.method === 'OPTIONS') {
      res.writeHead(204, opened).end();
      return;
    }
    const route = `${req.method} ${req.url?.split('?')[0]}`;
    this.asked.push({ route, body: Number(req.headers['content-length'] ?? 0) > 0 ? await json(req) : undefined });
    const [first, ...rest] = this.replies.get(route) ?? [];
    if (rest.length > 0) this.replies.set(route, rest);
    if (first === 'no answer') {
      req.socket.destroy();
      return;
    }
    const { status, body, headers } = first ?? unexpected(route);
    const isText = typeof body === 'string';
    // A page's fake clock is the services' too.
    const date = new Date().toUTCString();
    res.writeHead(status, { 'content-type': isText ? 'text/html' : 'application/json', date, ...headers, ...opened });
    res.end(isText ? body : JSON.stringify(body));
  }
}

/** What a test did not foresee shows on the page, and so in what the test prints when it fails. */
const unexpected = (route: string): Answer => ({
  status: 501,
  body: { errors: [{ message: `The test has no reply to ${route}`, code: 'internal_error' }] },
});

/** Services for the tests of a file, and pages whose fake clock begins when the order of the samples does. */
export function startServices(): Services {
  const services = new Services();
  beforeAll(() => services.start());
  afterAll(() => services.stop());
  beforeEach(() => jest.useFakeTimers({ now: Date.parse(order.createdAt), doNotFake: ['nextTick', 'queueMicrotask'] }));
  afterEach(() => {
    jest.useRealTimers();
    services.forget();
    sessionStorage.clear();
  });
  return services;
}
