import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGateway, type GatewayOptions } from '../gateway';
import { portTaken } from '../processes/port-owner';
import { listens } from '../processes/reach';
import { inClone } from './paths';

const manifest = inClone('infra', 'k8s', 'ingress.yaml');
/** For answers that are on their way. */
const GRACE_MILLISECONDS = 1000;

/** The one door to the system, on this machine only, by whichever address a browser takes `localhost` to mean. */
export class LocalGateway {
  private server: Server | undefined;
  private readonly onIpv6 = createServer((socket: Socket) => this.server?.emit('connection', socket));

  /** @throws Fault when somebody else has the port */
  async open(port: number, targets: GatewayOptions['targets']): Promise<void> {
    // Where the other one listens on all addresses, macOS would let this one listen on a single one beside it.
    if (await listens(port)) throw portTaken(port);
    this.server = createGateway({ manifest, targets });
    try {
      this.server.listen(port, '127.0.0.1');
      await once(this.server, 'listening');
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? portTaken(port) : error;
    }
    await this.listenOnIpv6(port);
  }

  async close(): Promise<void> {
    if (this.onIpv6.listening) this.onIpv6.close();
    const { server } = this;
    if (!server?.listening) return;
    const closed = once(server, 'close');
    server.close();
    await Promise.race([closed, sleep(GRACE_MILLISECONDS, undefined, { ref: false })]);
    server.closeAllConnections();
    await closed;
  }

  /** A machine without IPv6 does without. */
  private async listenOnIpv6(port: number): Promise<void> {
    await new Promise<void>((resolve) => {
      this.onIpv6.once('error', () => resolve());
      this.onIpv6.listen(port, '::1', resolve);
    });
  }
}
