import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { waitFor } from '@ticketing/common/testing';
import { thisMachine } from '../../infra/local/src/config';
import type { Child } from '../../infra/local/src/processes/child';
import { freePort } from '../../infra/local/src/processes/ports';
import type { Binary } from '../../infra/local/src/servers/chain';
import { redis } from '../../infra/local/src/servers/redis';
import type { Site } from '../../infra/local/src/servers/server';

/** A real Redis that keeps its data over restarts, at the end of a line that can go dead without anybody noticing. */
export class RedisServer {
  private child: Child | undefined;

  private constructor(
    private readonly binary: Binary,
    private readonly site: Site,
    private readonly line: Line,
  ) {}

  static async create(): Promise<RedisServer> {
    const site = { port: await freePort(), folder: mkdtempSync(path.join(tmpdir(), 'redis-')) };
    const server = new RedisServer(await redis.locate(thisMachine()), site, await Line.to(site.port));
    await server.start();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.line.port}`;
  }

  async start(): Promise<void> {
    const log = openSync(path.join(this.site.folder, 'log'), 'a');
    this.child = redis.start(this.binary, this.site, log);
    closeSync(log);
    await waitFor(() => redis.ready(this.site), 'Redis to answer');
  }

  async kill(): Promise<void> {
    await this.child?.kill();
  }

  /** From now on the open connections carry nothing, and stay open; new ones work. */
  goDead(): void {
    this.line.goDead();
  }

  async remove(): Promise<void> {
    await this.kill();
    await this.line.close();
    rmSync(this.site.folder, { recursive: true });
  }
}

class Line {
  private readonly ends = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async to(port: number): Promise<Line> {
    const server = createServer();
    const line = new Line(server);
    server.on('connection', (near: Socket) => line.join(near, connect(port, '127.0.0.1')));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return line;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  goDead(): void {
    for (const end of this.ends) end.unpipe().pause();
  }

  async close(): Promise<void> {
    for (const end of this.ends) end.destroy();
    await once(this.server.close(), 'close');
  }

  private join(near: Socket, far: Socket): void {
    this.relay(near, far);
    this.relay(far, near);
  }

  private relay(from: Socket, to: Socket): void {
    this.ends.add(from);
    from.on('error', () => undefined).pipe(to);
    from.once('close', () => {
      this.ends.delete(from);
      to.destroy();
    });
  }
}
