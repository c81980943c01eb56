import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TcpProxy, waitFor } from '@ticketing/common/testing';
import Redis from 'ioredis';
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
    private readonly line: TcpProxy,
  ) {}

  static async create(): Promise<RedisServer> {
    const site = { port: await freePort(), folder: mkdtempSync(path.join(tmpdir(), 'redis-')) };
    const server = new RedisServer(await redis.locate(thisMachine()), site, await TcpProxy.open(site.port));
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
    this.line.lose();
  }

  /** Those that the server takes for open, a line each. */
  async connections(): Promise<string[]> {
    const visitor = new Redis(this.site.port);
    const lines = String(await visitor.client('LIST')).split('\n');
    visitor.disconnect();
    return lines;
  }

  async remove(): Promise<void> {
    await this.kill();
    await this.line.close();
    rmSync(this.site.folder, { recursive: true });
  }
}
