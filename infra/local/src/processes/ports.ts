import { createServer } from 'node:net';

/**
 * Below the ranges from which Linux and macOS take the ports of outgoing connections: a client that tries again and
 * again to reach a server that is down could be given that very port and end up talking to itself.
 */
const FIRST = 20_000;
const LAST = 32_000;

const handedOut = new Set<number>();

/** A port that nobody listens on and that this process has not given away yet. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 1000; tries++) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    if (handedOut.has(port)) continue;
    handedOut.add(port);
    if (await isFree(port)) return port;
  }
  throw new Error(`no port between ${FIRST} and ${LAST} is free`);
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
