import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '../fault';
import { listens } from '../processes/reach';

const PATIENCE_MILLISECONDS = 5000;
const POLL_MILLISECONDS = 200;

const DEFAULT_PORTS: Readonly<Record<string, number>> = { mongodb: 27017, nats: 4222, redis: 6379 };

/**
 * Waits a moment for a server that a person named instead of one of ours.
 * @throws Fault naming the setting and the address, which the services themselves would go on looking for
 */
export async function assertReached(setting: string, uri: string): Promise<void> {
  const hosts = hostsOf(uri);
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const answers = await Promise.all(hosts.map(({ host, port }) => listens(port, host)));
    if (hosts.length === 0 || answers.includes(true)) return;
    if (Date.now() > deadline) break;
    await sleep(POLL_MILLISECONDS);
  }
  const tried = hosts.map(({ host, port }) => `${host}:${port}`).join(', ');
  throw new Fault(`Nobody answers at ${tried}, where ${setting} says that a server is.`);
}

/** A name that stands for servers elsewhere (mongodb+srv) can't be asked by itself. */
function hostsOf(uri: string): { host: string; port: number }[] {
  const [, scheme = '', authority = ''] = /^([\w+]+):\/\/(?:[^@/]*@)?([^/?]+)/.exec(uri) ?? [];
  const fallback = DEFAULT_PORTS[scheme];
  if (fallback === undefined) return [];
  return authority.split(',').map((part) => {
    const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(part) ?? [];
    return { host: host.replace(/^\[|\]$/g, ''), port: Number(port ?? fallback) };
  });
}
