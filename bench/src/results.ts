import type { Figure } from './figure';
import type { Machine } from './machine';

/** One whole run; `bench/results.json` keeps it. */
export interface Results {
  readonly date: string;
  readonly machine: Machine;
  /** Load averages: before the run, what others did to the machine; after it, mostly what the run did. */
  readonly load: { readonly before: number; readonly after: number };
  readonly minutes: number;
  readonly figures: readonly Figure[];
}

/** The part of `bench/README.md` that is generated. */
export function describeResults({ date, machine, load, minutes, figures }: Results): string {
  const { processor, cores, memoryGigabytes, system, versions } = machine;
  const programs = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `Measured on ${date} in ${minutes} minutes. ${cores} × ${processor}, ${memoryGigabytes} GB, ${system}; ` +
      `${programs.join(', ')}. The load average was ${load.before} before the run and ${load.after} after it.`,
    '',
    describeFigures(figures),
  ].join('\n');
}

export function describeFigures(figures: readonly Figure[]): string {
  const lines = figures.map(({ what, measured, reference = '–', ratio, bound, holds }) => [
    what,
    measured,
    reference,
    ratio === undefined ? '–' : `${ratio} ×`,
    bound,
    holds ? 'holds' : '**missed**',
  ]);
  const head = ['What', 'Measured', 'Reference in the same run', 'Ratio', 'Bound', 'Verdict'];
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
