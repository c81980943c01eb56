import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identityOf, isAlive, type Identity } from './identity';

const POLL_MILLISECONDS = 100;

/**
 * A lock between processes, as a file that names its holder. The lock of a process that was killed is taken over: a
 * holder is known by its start time as well as by its id.
 */
export class LockFile {
  private readonly own: string;

  constructor(private readonly path: string) {
    this.own = `${path}.${process.pid}`;
  }

  /** @returns the process that holds it, if that is not this one now */
  take(): Identity | undefined {
    mkdirSync(dirname(this.path), { recursive: true });
    for (;;) {
      if (this.claim()) return undefined;
      const holder = this.read(this.path);
      if (holder && isAlive(holder)) return holder;
      this.removeStale(holder);
    }
  }

  /** Waits as long as another process holds it. */
  async wait(onWait: () => void): Promise<void> {
    let waiting = false;
    while (this.take()) {
      if (!waiting) onWait();
      waiting = true;
      await sleep(POLL_MILLISECONDS);
    }
  }

  /** Who holds it now, dead or alive. */
  holder(): Identity | undefined {
    return this.read(this.path);
  }

  release(): void {
    rmSync(this.path, { force: true });
  }

  /** A link, because it appears with its content: nobody ever reads a lock without a holder. */
  private claim(): boolean {
    writeFileSync(this.own, JSON.stringify(identityOf(process.pid)));
    try {
      linkSync(this.own, this.path);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      return false;
    } finally {
      rmSync(this.own, { force: true });
    }
  }

  /** Moved away before it is deleted: two who saw the same dead holder must not delete the lock that one takes next. */
  private removeStale(holder: Identity | undefined): void {
    const aside = `${this.own}.stale`;
    try {
      renameSync(this.path, aside);
      if (this.read(aside)?.startedAt !== holder?.startedAt) linkSync(aside, this.path);
    } catch (error) {
      if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    } finally {
      rmSync(aside, { force: true });
    }
  }

  private read(path: string): Identity | undefined {
    try {
      return JSON.parse(readFileSync(path, 'utf8')) as Identity;
    } catch {
      return undefined;
    }
  }
}
