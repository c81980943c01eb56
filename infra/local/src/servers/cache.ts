import { accessSync, chmodSync, constants, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Place, Supplier } from './chain';
import { versionOf } from './run';

/** A program in the cache. */
export function cached(cache: string, entry: string): Place {
  const path = join(cache, entry);
  return {
    name: 'cache',
    find: () => {
      if (!isExecutable(path)) throw new Error(`${path} is not there`);
      return path;
    },
  };
}

/**
 * Puts a program into the cache: it is made under another name and gets its own when it is whole and has run once, so
 * that one that was cut short is never used.
 */
export async function install(cache: string, supplier: Supplier): Promise<string> {
  const { entry } = supplier;
  const workspace = join(cache, `${entry}.partial`);
  rmSync(workspace, { recursive: true, force: true });
  mkdirSync(workspace, { recursive: true });
  try {
    const target = join(workspace, entry);
    await supplier.supply(target, workspace);
    chmodSync(target, 0o755);
    await versionOf(target);
    renameSync(target, join(cache, entry));
    return join(cache, entry);
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
