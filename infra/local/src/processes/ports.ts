import { createServer, type Server } from 'node:net';

/**
 * Below the ranges from which Linux and macOS take the ports of outgoing connections: a client that tries again and
 * again to reach a server that is down could be given that very port and end up talking to itself.
 */
const FIRST = 20_000;
const COUNT = 6000;

/**
 * A port that nobody listens on, and that no process of this machine has been given: whoever gives one away listens on
 * its twin, so many above, for as long as it runs. The port itself it can't hold for the one that is about to start.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 1000; tries++) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    const claim = await listen(port + COUNT);
    if (!claim) continue;
    if (await isFree(port)) {
      claim.unref();
      return port;
    }
    claim.close();
  }
  throw new Error(`no port between ${FIRST} and ${FIRST + COUNT} is free`);
}

export async function isFree(port: number): Promise<boolean> {
  const server = await listen(port);
  if (!server) return false;
  return new Promise((resolve) => server.close(() => resolve(true)));
}

/** @returns undefined when the port is taken */
function listen(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, () => resolve(server));
  });
}
