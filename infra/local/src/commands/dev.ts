import { statSync } from 'node:fs';
import { reasonOf } from '../fault';
import { readable } from '../log-lines';
import { say } from '../output';
import { Child } from '../processes/child';
import { inClone } from '../system/paths';
import { serviceNames, type ServiceName } from '../system/settings';
import type { System } from '../system/system';
import { readRunOptions } from './options';
import { run } from './run';

/** Runs the system and keeps it up to date with what is saved. */
export function dev(args: readonly string[]): Promise<void> {
  const builds = new Builds();
  return run(readRunOptions(args), {
    client: 'development',
    canLose: (part, ending) => {
      const isService = (serviceNames as readonly string[]).includes(part.name);
      if (isService) say(readable(part.name, `ended by itself (${ending}); it starts again after its next change`));
      return isService;
    },
    accompany: (system) => {
      const restarter = new Restarter(system, builds);
      compileOnChange(() => restarter.restartChanged());
    },
  });
}

/** The compiler tells that it is done with a change, so that no service starts on half of one. */
function compileOnChange(onCompiled: () => void): void {
  const onLine = (line: string) => {
    if (line.trim()) say(readable('compiler', line));
    if (line.includes('Found 0 errors')) onCompiled();
  };
  const args = [inClone('node_modules/typescript/bin/tsc'), '-b', '--watch', '--preserveWatchOutput'];
  new Child({ command: process.execPath, args, cwd: inClone(), output: onLine });
}

/** One change after the other: a service that is just starting is not started again beside itself. */
class Restarter {
  private last = Promise.resolve();

  constructor(
    private readonly system: System,
    private readonly builds: Builds,
  ) {}

  restartChanged(): void {
    const changed = this.builds.changed();
    this.last = this.last.then(async () => {
      await Promise.all(changed.map((name) => restart(this.system, name)));
    });
  }
}

async function restart(system: System, name: ServiceName): Promise<void> {
  say(readable(name, 'has changed, starting again'));
  try {
    await system.part(name).restart();
  } catch (error) {
    say(readable(name, reasonOf(error)));
  }
}

/** When each project was compiled last, by the note that the compiler leaves in its output. */
class Builds {
  private readonly known = new Map<string, number>();

  constructor() {
    this.changed();
  }

  /** The services that were compiled since the last call: all of them when it was what they share. */
  changed(): readonly ServiceName[] {
    const news = ['common', ...serviceNames].filter((project) => this.isNew(project));
    return news.includes('common') ? serviceNames : serviceNames.filter((name) => news.includes(name));
  }

  private isNew(project: string): boolean {
    const { mtimeMs } = statSync(inClone(project, 'dist/.tsbuildinfo'));
    const before = this.known.get(project);
    this.known.set(project, mtimeMs);
    return before !== mtimeMs;
  }
}
