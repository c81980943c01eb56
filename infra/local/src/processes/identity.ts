import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process as it can be known again later: its id alone may belong to somebody else by then. */
export interface Identity {
  readonly pid: number;
  readonly startedAt: string;
}

/** @returns undefined when no such process lives */
export function identityOf(pid: number): Identity | undefined {
  const startedAt = process.platform === 'linux' ? startInProc(pid) : startByPs(pid);
  return startedAt ? { pid, startedAt } : undefined;
}

export function isAlive({ pid, startedAt }: Identity): boolean {
  const now = identityOf(pid)?.startedAt;
  return now !== undefined && now === startedAt;
}

/** From /proc, since a bare Linux has no `ps`: clock ticks since boot, made unique over boots by the boot's id. */
function startInProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may itself hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state] = fields;
    const ticks = fields[19];
    if (state === 'Z' || state === 'X' || ticks === undefined) return undefined;
    return `${ticks} ${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`;
  } catch {
    return undefined;
  }
}

function startByPs(pid: number): string | undefined {
  try {
    const args = ['-o', 'lstart=', '-p', String(pid)];
    return execFileSync('ps', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || undefined;
  } catch {
    return undefined;
  }
}
