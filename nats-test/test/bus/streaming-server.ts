import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { thisMachine } from '../../../infra/local/src/config';
import { freePort } from '../../../infra/local/src/processes/ports';
import { natsStreaming, serverArguments } from '../../../infra/local/src/servers/nats-streaming';

export interface ServerOptions {
  readonly clusterId?: string;
  readonly store?: 'file' | 'memory';
  /** The NATS server of another process, instead of the one inside. */
  readonly natsUrl?: string;
  readonly moreArguments?: readonly string[];
}

const READY = 'Streaming Server is ready';

/** A real server that a test can mistreat: kill, freeze, and start again on the same port with the same store. */
export class StreamingServer {
  private process: ChildProcess | undefined;

  private constructor(
    private readonly program: string,
    private readonly site: { port: number; monitorPort: number; folder: string },
    private readonly options: ServerOptions,
  ) {}

  static async start(options: ServerOptions = {}): Promise<StreamingServer> {
    const { path } = await natsStreaming.locate(thisMachine());
    const folder = await mkdtemp(join(tmpdir(), 'nats-streaming-'));
    const site = { port: await freePort(), monitorPort: await freePort(), folder };
    const server = new StreamingServer(path, site, options);
    await server.start();
    return server;
  }

  get clusterId(): string {
    return this.options.clusterId ?? 'ticketing';
  }

  get url(): string {
    return this.options.natsUrl ?? `nats://127.0.0.1:${this.site.port}`;
  }

  get monitorUrl(): string {
    return `http://127.0.0.1:${this.site.monitorPort}`;
  }

  async start(...once: string[]): Promise<void> {
    const child = spawn(this.program, [...this.arguments(), ...once], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.process = child;
    let said = '';
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', () => {
        this.process = undefined;
        reject(new Error(`nats-streaming-server ended:\n${said}`));
      });
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes(READY)) resolve();
      });
    });
  }

  async kill(): Promise<void> {
    const child = this.process;
    this.process = undefined;
    if (!child) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  /** As if it had died in the middle of a write: a record that is longer than what is there of it ends each file. */
  tear(channel: string): void {
    const torn = Buffer.from([64, 0, 0, 1, 0, 0, 0, 0, 8, 1]);
    for (const file of [
      'clients.dat',
      join(channel, 'subs.dat'),
      join(channel, 'msgs.1.dat'),
      join(channel, 'msgs.1.idx'),
    ]) {
      appendFileSync(join(this.site.folder, file), torn);
    }
  }

  freeze(): void {
    this.process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.process?.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.site.folder, { recursive: true, force: true });
  }

  /** As this project runs it; of a flag given twice the server takes the last. */
  private arguments(): string[] {
    const { natsUrl, store = 'file', moreArguments = [] } = this.options;
    const quickHeartbeats = ['-hbi', '1s', '-hbt', '1s', '-hbf', '1'];
    const differences = ['-cid', this.clusterId, '-store', store, ...(natsUrl ? ['-ns', natsUrl] : [])];
    return [...serverArguments(this.site), ...quickHeartbeats, ...differences, ...moreArguments];
  }
}
