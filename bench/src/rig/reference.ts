import { setTimeout as delay } from 'node:timers/promises';
import { Child, freePort, inClone } from '@ticketing/local';
import { ask } from '../load/ask';

const START_MILLISECONDS = 30_000;
const STOP_MILLISECONDS = 2000;
const POLL_MILLISECONDS = 50;

/** A program of `references/` in a process of its own, as the service that it stands beside is one. */
export class Reference {
  private constructor(
    private readonly child: Child,
    readonly url: string,
  ) {}

  /** Resolves when it answers. @param settings what the program needs to know besides its port */
  static async start(name: string, settings: object): Promise<Reference> {
    const port = await freePort();
    const said: string[] = [];
    const child = new Child({
      command: process.execPath,
      args: [inClone('bench/dist/references', `${name}.js`), JSON.stringify({ ...settings, port })],
      output: (line) => said.push(line),
    });
    const reference = new Reference(child, `http://127.0.0.1:${port}`);
    const end = Date.now() + START_MILLISECONDS;
    while (!(await reference.answers())) {
      if (!child.isRunning || Date.now() > end) throw new Error(`${name} did not start: ${said.join('\n')}`);
      await delay(POLL_MILLISECONDS);
    }
    return reference;
  }

  get pid(): number {
    return this.child.pid ?? NaN;
  }

  stop(): Promise<void> {
    return this.child.stop(STOP_MILLISECONDS);
  }

  private async answers(): Promise<boolean> {
    return ask(`${this.url}/ready`).then(
      ({ status }) => status === 200,
      () => false,
    );
  }
}
