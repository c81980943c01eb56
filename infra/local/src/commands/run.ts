import { Fault } from '../fault';
import { readable } from '../log-lines';
import { say } from '../output';
import type { Ending } from '../processes/child';
import type { ClientMode } from '../system/client';
import type { Part } from '../system/part';
import { dataFolder } from '../system/paths';
import { startSystem, type System } from '../system/system';
import { Interrupted, Interruption } from './interruption';
import type { RunOptions } from './options';
import { reset } from './reset';
import { welcome } from './welcome';

export interface RunMode {
  readonly client: ClientMode;
  /** A part ended by itself. Returns whether the system can go on without it. */
  readonly canLose: (part: Part, ending: Ending) => boolean;
  /** Goes on while the system runs. */
  readonly accompany?: (system: System) => void;
}

/**
 * Runs the system until somebody wants it to end.
 * @throws Fault when it can't start, or ends otherwise
 */
export async function run(options: RunOptions, mode: RunMode): Promise<void> {
  if (options.reset) await reset(options.yes);
  // Whoever insists gets no order: all processes are killed when this one exits.
  const interruption = new Interruption(() => process.exit(1));
  try {
    await runUntil(interruption, options, mode);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
  }
  say('Stopped.');
}

async function runUntil(interruption: Interruption, options: RunOptions, mode: RunMode): Promise<void> {
  const begin = Date.now();
  let onLoss: (what: string) => void;
  const loss = new Promise<string>((resolve) => (onLoss = resolve));
  const system = await startSystem({
    folder: dataFolder(),
    port: options.port,
    client: mode.client,
    given: options.given,
    signal: interruption.signal,
    onLine: (part, line) => {
      if (line.trim()) say(readable(part, line));
    },
    onEnd: (part, ending) => {
      if (!mode.canLose(part, ending)) onLoss(`${part.name} ended by itself (${ending}).`);
    },
  });
  welcome(system, Date.now() - begin);
  mode.accompany?.(system);
  const lost = await Promise.race([interruption.wait(), loss]);
  say(lost ? `${lost} Stopping the rest …` : 'Stopping …');
  await system.stop();
  if (lost) throw new Fault(lost);
}
