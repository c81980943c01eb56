import { Child, inClone, inheritedEnvironment } from '@ticketing/local';

const main = inClone('infra/local/dist/main.js');

/** A command of the operator's, `npm run <words>` without npm, for the system whose data is in a folder. */
export class Command {
  private readonly lines: string[] = [];
  private readonly child: Child;

  constructor(folder: string, ...words: string[]) {
    this.child = new Child({
      command: process.execPath,
      args: [main, ...words],
      env: { ...inheritedEnvironment(), TICKETING_DATA: folder },
      output: (line) => this.lines.push(line),
    });
  }

  /** Resolves when it has ended. */
  async end(): Promise<{ ending: string; said: string }> {
    const ending = await this.child.ended;
    return { ending, said: this.lines.join('\n') };
  }

  /** Ends it and what it has started, at once. */
  kill(): Promise<void> {
    return this.child.kill();
  }
}
