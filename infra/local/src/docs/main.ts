import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { say } from '../output';
import { inClone } from '../system/paths';
import { factsOf, SERVICES } from './service-facts';
import { serviceTable, settingsTable } from './tables';

/** Writes the README's tables from the code, between their markers; with `--check` it only tells whether they are so. */
async function main(checkOnly: boolean): Promise<void> {
  const readme = inClone('README.md');
  const text = readFileSync(readme, 'utf8');
  const facts = await Promise.all(SERVICES.map(factsOf));
  const tables = { services: serviceTable(facts), settings: settingsTable(facts) };
  const replaced = Object.entries(tables).reduce(fill, text);
  const written = await format(replaced, { ...(await resolveConfig(readme)), parser: 'markdown' });
  if (written === text) return say("README.md's tables are as the code is.");
  if (checkOnly) throw new Error("README.md's tables are not as the code is. `npm run docs` writes them.");
  writeFileSync(readme, written);
  say("README.md's tables are written anew.");
}

function fill(text: string, [name, table]: [string, string]): string {
  const marked = new RegExp(`(<!-- ${name} -->)[^]*?(<!-- /${name} -->)`);
  if (!marked.test(text)) throw new Error(`README.md has no markers <!-- ${name} --> and <!-- /${name} -->`);
  return text.replace(marked, (_whole, begin: string, end: string) => `${begin}\n\n${table}\n\n${end}`);
}

main(process.argv.includes('--check')).catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
});
