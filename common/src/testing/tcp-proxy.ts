import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Deferred } from '../messaging/deferred';

/** A line to a server of this machine that can fail in the ways in which networks do. */
export class TcpProxy {
  private readonly server = createServer((near: Socket) => void this.join(near));
  private readonly pairs = new Set<Pair>();
  private address: number | undefined;
  /** While there is one, everything waits for its end. */
  private silence: Deferred | undefined;
  private latency = 0;
  private bytesPerSecond = Infinity;

  /** @param target the port that it leads to; `leadTo` changes it */
  private constructor(private target: number) {}

  static async open(target = 0): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    await proxy.listen();
    return proxy;
  }

  /** Where the line begins. */
  get port(): number {
    return this.address ?? 0;
  }

  leadTo(target: number): void {
    this.target = target;
  }

  /** Connections are reset and new ones refused, as when the server's process is gone. */
  async cut(): Promise<void> {
    const closed = once(this.server.close(), 'close');
    this.drop();
    await closed;
  }

  /** Everything stays open, new connections are taken, and nothing arrives, as when a network swallows packets. */
  hang(): void {
    this.silence ??= new Deferred();
  }

  /** The connections of now carry nothing any more, and neither end is told; new ones work, as after a lost route. */
  lose(): void {
    for (const pair of this.pairs) pair.isLost = true;
  }

  /** What travels takes so much longer, in each direction. */
  delay(milliseconds: number): void {
    this.latency = milliseconds;
  }

  /** No more than so many bytes a second come through each connection, in each direction. */
  throttle(bytesPerSecond: number): void {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** All is well again. What hung goes on, as TCP repeats what was lost. */
  async heal(): Promise<void> {
    this.latency = 0;
    this.bytesPerSecond = Infinity;
    this.silence?.resolve();
    this.silence = undefined;
    if (!this.server.listening) await this.listen();
  }

  async close(): Promise<void> {
    if (this.server.listening) await this.cut();
    this.drop();
  }

  private async listen(): Promise<void> {
    await once(this.server.listen(this.address ?? 0, '127.0.0.1'), 'listening');
    this.address = (this.server.address() as AddressInfo).port;
  }

  private drop(): void {
    for (const { near, far } of this.pairs) for (const end of [near, far]) breakOff(end);
    this.pairs.clear();
  }

  private async join(near: Socket): Promise<void> {
    const pair: Pair = { near, isLost: false };
    this.pairs.add(pair);
    near.on('error', () => undefined);
    await this.silence?.promise;
    if (near.destroyed) return;
    pair.far = connect(this.target, '127.0.0.1').on('error', () => undefined);
    await Promise.all([this.relay(pair, near, pair.far), this.relay(pair, pair.far, near)]);
    this.pairs.delete(pair);
  }

  private async relay(pair: Pair, from: Socket, to: Socket): Promise<void> {
    try {
      for await (const chunk of from as AsyncIterable<Buffer>) {
        await this.journey(pair, chunk.length);
        to.write(chunk);
      }
      await this.journey(pair, 0);
      to.end();
    } catch {
      await this.journey(pair, 0);
      breakOff(to);
    }
  }

  private async journey(pair: Pair, bytes: number): Promise<void> {
    const slowness = this.latency + (1000 * bytes) / this.bytesPerSecond;
    if (slowness > 0) await delay(slowness);
    await this.silence?.promise;
    if (pair.isLost) await NEVER;
  }
}

interface Pair {
  readonly near: Socket;
  far?: Socket;
  isLost: boolean;
}

/** A reset during an orderly end leaves Node waiting for that end for ever. */
function breakOff(socket: Socket | undefined): void {
  if (socket?.writable) socket.resetAndDestroy();
  else socket?.destroy();
}

const NEVER = new Promise<never>(() => undefined);
