import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import { join } from 'node:path';

/** What the figures were measured on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly system: string;
  /** By name: Node and the servers. */
  readonly versions: Readonly<Record<string, string>>;
}

/** @param folder where the run keeps its data: the versions of the servers are noted there */
export function describeMachine(folder: string): Machine {
  const servers = JSON.parse(readFileSync(join(folder, 'versions.json'), 'utf8')) as Record<string, string>;
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()}`,
    versions: { Node: process.versions.node, ...servers },
  };
}

/** How many processes wanted a core, on average over the last minute. */
export function load(): number {
  return Number(loadavg()[0]?.toFixed(2));
}
