import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Child, Fault, freePort, inClone, inheritedEnvironment } from '@ticketing/local';
import { sizesOf, type Size } from './sizes';

const folder = inClone('inspection', 'bare-page');
const PATIENCE_MILLISECONDS = 30_000;
const PAUSE_MILLISECONDS = 50;

/** A page of the same Next, built in the same way, that holds a heading and nothing else: what no page can be below. */
export class BarePage {
  private constructor(
    readonly url: string,
    readonly size: Size,
    private readonly server: Child,
  ) {}

  static async open(): Promise<BarePage> {
    const lines: string[] = [];
    const ending = await next(['build', '--webpack'], lines).ended;
    if (ending !== 'exit code 0') throw new Fault(`The bare page was not built (${ending}):\n${lines.join('\n')}`);
    const size = sizesOf(join(folder, '.next')).find(({ page }) => page === '/');
    if (!size) throw new Error('the bare page is not in its manifest');
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/`;
    const server = next(['start', '--hostname', '127.0.0.1', '--port', String(port)], lines);
    await answers(url, server, lines);
    return new BarePage(url, size, server);
  }

  close(): Promise<unknown> {
    return this.server.kill();
  }
}

function next(args: readonly string[], lines: string[]): Child {
  return new Child({
    command: process.execPath,
    args: [inClone('node_modules', 'next', 'dist', 'bin', 'next'), ...args],
    cwd: folder,
    env: { ...inheritedEnvironment(), NEXT_TELEMETRY_DISABLED: '1' },
    output: (line) => lines.push(line),
  });
}

async function answers(url: string, server: Child, lines: readonly string[]): Promise<void> {
  const end = Date.now() + PATIENCE_MILLISECONDS;
  while (server.isRunning && Date.now() < end) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await sleep(PAUSE_MILLISECONDS);
  }
  await server.kill();
  throw new Fault(`The bare page is not served:\n${lines.join('\n')}`);
}
