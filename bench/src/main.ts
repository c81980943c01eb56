import { explain, reasonOf, say, step } from '@ticketing/local';
import type { Figure } from './figure';
import { describeMachine, load } from './machine';
import { helpText, readOptions, type Options } from './options';
import { describeFigures, type Results } from './results';
import { Rig } from './rig/rig';
import { rows } from './rows';
import { fullSizes, quickSizes } from './sizes';
import { checkReadme, writeResults } from './write-results';

async function main(args: readonly string[]): Promise<void> {
  const names = [...new Set(rows.map(({ name }) => name))];
  const options = readOptions(args, names);
  if (options.help) return say(helpText(names));
  if (options.check) return checkReadme();
  const results = await run(options);
  say(`\n${describeFigures(results.figures)}`);
  if (options.quick || options.only.length > 0) return;
  await writeResults(results);
  say('\nbench/README.md and bench/results.json are written anew.');
}

async function run({ quick, only }: Options): Promise<Results> {
  const [begin, before] = [Date.now(), load()];
  const wanted = rows.filter(({ name }) => only.length === 0 || only.includes(name));
  const rig = await step('starting the system', () => Rig.open(quick ? quickSizes : fullSizes));
  try {
    const figures: Figure[] = [];
    for (const row of wanted) {
      const measuring = step(row.name, () => row.measure(rig)).catch((error: unknown) => [failure(row.name, error)]);
      const found = await Promise.race([measuring, rig.loss]);
      for (const figure of found) say(`${figure.holds ? 'holds ' : 'missed'}  ${figure.what}: ${figure.measured}`);
      figures.push(...found);
    }
    return {
      date: new Date(begin).toISOString().slice(0, 10),
      machine: describeMachine(rig.folder),
      load: { before, after: load() },
      minutes: Math.round((Date.now() - begin) / 60_000),
      figures,
    };
  } finally {
    await rig.close();
  }
}

/** What can't be measured is a line of the table too, and the rest is measured all the same. */
function failure(row: string, error: unknown): Figure {
  return { row, what: row, measured: reasonOf(error), bound: 'that it can be measured', holds: false, values: {} };
}

main(process.argv.slice(2)).then(
  () => process.exit(),
  (error: unknown) => {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  },
);
