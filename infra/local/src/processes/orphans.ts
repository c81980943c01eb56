import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, type Identity } from './identity';

/** A process that somebody started who may be gone. */
export interface Orphan extends Identity {
  readonly name: string;
}

const PATIENCE_MILLISECONDS = 5000;
const POLL_MILLISECONDS = 50;

/**
 * Ends what is left of a run that was killed. Only processes that are known again by their start time are touched: the
 * same id may be somebody else's by now.
 */
export async function endOrphans(children: readonly Orphan[], say: (line: string) => void): Promise<void> {
  const left = children.filter(isAlive);
  if (left.length === 0) return;
  say(`  ending what a killed run left behind: ${left.map(({ name }) => name).join(', ')}`);
  signal(left, 'SIGTERM');
  await gone(left, PATIENCE_MILLISECONDS);
  signal(left.filter(isAlive), 'SIGKILL');
  await gone(left, PATIENCE_MILLISECONDS);
}

async function gone(orphans: readonly Orphan[], limit: number): Promise<void> {
  const deadline = Date.now() + limit;
  while (orphans.some(isAlive) && Date.now() < deadline) await sleep(POLL_MILLISECONDS);
}

/** To the whole group, since each of them was started as the head of one. */
function signal(orphans: readonly Orphan[], name: NodeJS.Signals): void {
  for (const { pid } of orphans) {
    try {
      process.kill(-pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
