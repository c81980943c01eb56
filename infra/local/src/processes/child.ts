import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { identityOf, type Identity } from './identity';

export interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Takes each line that it writes, or a file descriptor that gets all of it. */
  readonly output: number | ((line: string) => void);
}

/** For what it wrote before its end to arrive. */
const LAST_WORDS_MILLISECONDS = 500;

const running = new Set<Child>();

/** When this process ends before it has stopped them, by a fault of its own, they end with it. */
process.on('exit', () => {
  for (const child of running) child.signal('SIGKILL');
});

/** How a process ended, for people: "exit code 1", "signal SIGKILL". */
export type Ending = string;

/** A process in a group of its own: a Ctrl-C at the terminal reaches us alone, and its helpers end with it. */
export class Child {
  /** Resolves when it is gone, or could not be started. */
  readonly ended: Promise<Ending>;
  readonly identity: Identity | undefined;
  private readonly child: ChildProcess;
  private gone = false;

  constructor({ command, args, cwd, env, output }: ChildOptions) {
    const to = typeof output === 'number' ? output : 'pipe';
    this.child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', to, to] });
    this.identity = this.child.pid === undefined ? undefined : identityOf(this.child.pid);
    if (typeof output !== 'number') this.readLines(output);
    running.add(this);
    this.ended = this.awaitEnd();
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get isRunning(): boolean {
    return !this.gone;
  }

  /** To it and its helpers. */
  signal(signal: NodeJS.Signals): void {
    if (this.gone || this.child.pid === undefined) return;
    try {
      process.kill(-this.child.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  /** Asks it to end, and kills it when it does not within the limit. */
  async stop(limitMilliseconds: number): Promise<void> {
    this.signal('SIGTERM');
    await Promise.race([this.ended, sleep(limitMilliseconds, undefined, { ref: false })]);
    await this.kill();
  }

  /** Ends it and its helpers without asking. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended;
  }

  private async awaitEnd(): Promise<Ending> {
    const written = once(this.child, 'close').catch(() => undefined);
    try {
      const [code, signal] = (await once(this.child, 'exit')) as [number | null, NodeJS.Signals | null];
      this.signal('SIGKILL'); // to helpers that outlive it
      await Promise.race([written, sleep(LAST_WORDS_MILLISECONDS, undefined, { ref: false })]);
      return signal ? `signal ${signal}` : `exit code ${code}`;
    } catch (error) {
      return (error as Error).message;
    } finally {
      this.gone = true;
      running.delete(this);
    }
  }

  private readLines(take: (line: string) => void): void {
    for (const stream of [this.child.stdout, this.child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', take);
    }
  }
}
