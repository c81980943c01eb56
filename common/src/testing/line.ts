import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A line to a server, that can go dead without either end noticing: as when a network swallows packets. */
export class Line {
  private readonly ends = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  /** @param port of a server on this machine */
  static async to(port: number): Promise<Line> {
    const server = createServer();
    const line = new Line(server);
    server.on('connection', (near: Socket) => line.join(near, connect(port, '127.0.0.1')));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return line;
  }

  /** Where the line begins. */
  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** From now on the open connections carry nothing, and stay open; new ones work. */
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
