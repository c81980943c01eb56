import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inheritedEnvironment } from '../config';
import { Fault } from '../fault';
import { step } from '../output';
import { Child } from '../processes/child';
import { inClone, root } from './paths';

const next = inClone('node_modules', 'next', 'dist', 'bin', 'next');
const folder = inClone('client');
const stamp = join(folder, '.next', 'built-from');
const NOT_SOURCE = new Set(['node_modules', '.next', 'test', 'journeys', 'next-env.d.ts']);

export type ClientMode = 'production' | 'development';

/** The command that serves the client; it runs in the client's folder. */
export function clientCommand(mode: ClientMode, port: number): readonly string[] {
  return [next, mode === 'production' ? 'start' : 'dev', '--hostname', '127.0.0.1', '--port', String(port)];
}

/** A build of the client, unless the one that is there was made of the same sources. */
export async function buildClient(observe: (build: Child) => void): Promise<void> {
  const sources = hashOfSources();
  if (readStamp() === sources) return;
  rmSync(stamp, { force: true });
  await step('building the client', () => build(observe));
  writeFileSync(stamp, sources);
}

async function build(observe: (build: Child) => void): Promise<void> {
  const lines: string[] = [];
  const child = new Child({
    command: process.execPath,
    args: [next, 'build', '--webpack'],
    cwd: folder,
    env: { ...inheritedEnvironment(), NEXT_TELEMETRY_DISABLED: '1' },
    output: (line) => lines.push(line),
  });
  observe(child);
  const ending = await child.ended;
  if (ending !== 'exit code 0') throw new Fault(`The client could not be built (${ending}):\n${lines.join('\n')}`);
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const path of [...filesIn(folder), inClone('package-lock.json')]) {
    hash.update(`${relative(root, path)}\0`).update(readFileSync(path));
  }
  return hash.digest('hex');
}

function filesIn(parent: string): string[] {
  const entries = readdirSync(parent, { withFileTypes: true }).filter(({ name }) => !NOT_SOURCE.has(name));
  const sorted = entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return sorted.flatMap((entry) => {
    const path = join(parent, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

function readStamp(): string | undefined {
  try {
    return readFileSync(stamp, 'utf8');
  } catch {
    return undefined;
  }
}
