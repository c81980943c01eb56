import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

  /** @returns the process that holds it, or is just taking it over, if that is not this one now */
  take(): Identity | undefined {
    mkdirSync(dirname(this.path), { recursive: true });
    for (;;) {
      if (this.claim()) return undefined;
      const other = this.isStale() ? this.removeStale() : this.holder();
      if (other) return other;
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
    return identityIn(this.content());
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

  /**
   * By one process at a time, which looks again: two who saw the same dead holder must not remove the lock that one of
   * them takes next. @returns the process that is at it, if that is not this one
   */
  private removeStale(): Identity | undefined {
    const right = new LockFile(`${this.path}.removal`);
    const remover = right.take();
    if (remover) return remover;
    try {
      if (this.isStale()) rmSync(this.path);
    } finally {
      right.release();
    }
    return undefined;
  }

  /** What nobody holds may be taken at any moment, and is not stale. */
  private isStale(): boolean {
    const content = this.content();
    if (content === undefined) return false;
    const holder = identityIn(content);
    return !holder || !isAlive(holder);
  }

  private content(): string | undefined {
    try {
      return readFileSync(this.path, 'utf8');
    } catch {
      return undefined;
    }
  }
}

function identityIn(content = ''): Identity | undefined {
  try {
    return JSON.parse(content) as Identity;
  } catch {
    return undefined;
  }
}
