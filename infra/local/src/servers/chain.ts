import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from '../config';
import { Fault, reasonOf } from '../fault';
import { say } from '../output';
import { LockFile } from '../processes/lock-file';
import { cached, install } from './cache';
import { versionOf } from './run';

/** A program that was found and has told its version. */
export interface Binary {
  readonly path: string;
  readonly version: string;
}

/** A place where a server may already be. */
export interface Place {
  readonly name: string;
  /** @returns the program's path. @throws Error with the reason why it is not there */
  find(): string;
}

/** A way to get a server that is not there yet. */
export interface Supplier {
  readonly name: string;
  /** What the program is called in the cache, with its version. */
  readonly entry: string;
  /** Writes the program to `target`, with `workspace` for whatever else it needs. @throws Error with the reason */
  supply(target: string, workspace: string): Promise<void>;
}

export interface Chain {
  /** What people call the server. */
  readonly server: string;
  /** The oldest major version that will do, if that matters. */
  readonly atLeast?: number;
  readonly places: readonly Place[];
  readonly suppliers: readonly Supplier[];
  /** What to type to install it. */
  readonly byHand: { readonly linux: string; readonly macos: string };
}

/**
 * Finds a server: where it may already be, then in the cache, then from its suppliers, the first that works.
 * @throws Fault when nothing did, with every reason
 */
export async function locate(chain: Chain, machine: Machine): Promise<Binary> {
  const reasons: string[] = [];
  const found = await firstThatRuns(chain, [...chain.places, ...inCache(chain, machine)], reasons);
  return found ?? (await underLock(chain, machine, () => supply(chain, machine, reasons)));
}

async function supply(chain: Chain, machine: Machine, reasons: string[]): Promise<Binary> {
  // Another process may have put it there while this one waited for the lock.
  const found = await firstThatRuns(chain, inCache(chain, machine), []);
  if (found) return found;
  for (const supplier of chain.suppliers) {
    try {
      return await runnable(chain, await install(machine.cache, supplier));
    } catch (error) {
      reasons.push(`${supplier.name}: ${reasonOf(error)}`);
      say(`  no ${chain.server} from ${reasons.at(-1)}`);
    }
  }
  throw new Fault(explain(chain, reasons));
}

function inCache({ suppliers }: Chain, { cache }: Machine): Place[] {
  const entries = new Set(suppliers.map(({ entry }) => entry));
  return [...entries].map((entry) => cached(cache, entry));
}

async function firstThatRuns(chain: Chain, places: readonly Place[], reasons: string[]): Promise<Binary | undefined> {
  for (const place of places) {
    try {
      return await runnable(chain, place.find());
    } catch (error) {
      reasons.push(`${place.name}: ${reasonOf(error)}`);
    }
  }
  return undefined;
}

async function runnable({ atLeast = 0 }: Chain, path: string): Promise<Binary> {
  const version = await versionOf(path);
  const isTooOld = Number.parseInt(version, 10) < atLeast;
  if (isTooOld) throw new Error(`${path} is version ${version}, at least ${atLeast} is needed`);
  return { path, version };
}

async function underLock<T>({ server }: Chain, { cache }: Machine, work: () => Promise<T>): Promise<T> {
  mkdirSync(cache, { recursive: true });
  const lock = new LockFile(join(cache, `${server.toLowerCase().replace(/\W/g, '-')}.lock`));
  await lock.wait(() => say(`  another process is getting ${server}, waiting for it …`));
  try {
    return await work();
  } finally {
    lock.release();
  }
}

function explain({ server, byHand }: Chain, reasons: string[]): string {
  return [
    `${server} can't be had. What was tried:`,
    ...reasons.map((reason) => `  - ${reason}`),
    'To install it by hand:',
    `  Linux: ${byHand.linux}`,
    `  macOS: ${byHand.macos}`,
  ].join('\n');
}
