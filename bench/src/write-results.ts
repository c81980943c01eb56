import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Fault, inClone, say } from '@ticketing/local';
import { format, resolveConfig } from 'prettier';
import { describeResults, type Results } from './results';

const json = inClone('bench', 'results.json');
const readme = inClone('bench', 'README.md');

/** Writes the results, and the README's table from them. */
export async function writeResults(results: Results): Promise<void> {
  writeFileSync(json, await pretty(json, JSON.stringify(results), 'json'));
  writeFileSync(readme, await readmeOf(results));
}

/** @throws Fault when the README's table is not what the results say */
export async function checkReadme(): Promise<void> {
  const results = existsSync(json) ? (JSON.parse(readFileSync(json, 'utf8')) as Results) : undefined;
  if (readFileSync(readme, 'utf8') !== (await readmeOf(results))) {
    throw new Fault("bench/README.md's table is not what results.json says. `npm run bench` writes both.");
  }
  say("bench/README.md's table is what results.json says.");
}

/** The README as the results would have it. */
async function readmeOf(results: Results | undefined): Promise<string> {
  const text = readFileSync(readme, 'utf8');
  const marked = /(<!-- results -->)[^]*?(<!-- \/results -->)/;
  if (!marked.test(text)) throw new Fault(`${readme} has no markers <!-- results --> and <!-- /results -->`);
  const filled = text.replace(marked, (_all, begin: string, end: string) => {
    return `${begin}\n\n${results ? describeResults(results) : 'Not measured yet.'}\n\n${end}`;
  });
  return pretty(readme, filled, 'markdown');
}

async function pretty(path: string, text: string, parser: string): Promise<string> {
  return format(text, { ...(await resolveConfig(path)), parser });
}
