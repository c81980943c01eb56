import { readRunOptions } from './options';
import { run } from './run';

/** Runs the system as it is built. */
export function start(args: readonly string[]): Promise<void> {
  return run(readRunOptions(args), { client: 'production', canLose: () => false });
}
