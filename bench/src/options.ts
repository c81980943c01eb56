import { parseArgs } from 'node:util';
import { Fault } from '@ticketing/local';

export interface Options {
  readonly help: boolean;
  /** Only tells whether the README's table is what the results say. */
  readonly check: boolean;
  readonly quick: boolean;
  /** Names of the rows to measure; all of them when empty. */
  readonly only: readonly string[];
}

export function helpText(names: readonly string[]): string {
  return `npm run bench               measures everything, writes bench/README.md and bench/results.json
  -- --only NAME[,NAME]   measures only that, and writes nothing
  -- --quick              at small sizes, to see that it runs; writes nothing
  -- --check              measures nothing, tells whether the README's table is what results.json says

Names: ${names.join(', ')}
The machine should have nothing else to do. It takes about a quarter of an hour.`;
}

/** @throws Fault for an option that there is not, or a name that no row has */
export function readOptions(args: readonly string[], names: readonly string[]): Options {
  const { help = false, check = false, quick = false, only = '' } = parse(args);
  const wanted = only.split(',').filter(Boolean);
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Fault(`There is no ${unknown.join(', ')}. The names are ${names.join(', ')}.`);
  return { help, check, quick, only: wanted };
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean' },
        check: { type: 'boolean' },
        quick: { type: 'boolean' },
        only: { type: 'string' },
      },
    });
    return values;
  } catch (error) {
    throw new Fault(`${(error as Error).message.split('. ')[0]}. npm run bench -- --help lists the options.`);
  }
}
