import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { API_VERSION, describeEvents } from '@ticketing/common';
import { format, resolveConfig } from 'prettier';
import { say } from '../output';
import { inClone } from '../system/paths';
import { clientTypes } from './client-types';
import { postmanFiles } from './postman/collection';
import { factsOf, SERVICES, type ServiceFacts } from './service-facts';
import { firstDifference, leftOver } from './stale';
import { eventTable, routeTable, serviceTable, settingsTable } from './tables';
import { wholeDocument } from './whole-document';

/**
 * Writes what is made from the code: the README's tables, the documents of the API and of the events, the collection for
 * Postman, and the types of the client. With `--check` it only compares.
 */
async function main(checkOnly: boolean): Promise<void> {
  const facts = await Promise.all(SERVICES.map(factsOf));
  const api = wholeDocument(facts.flatMap(({ document = [] }) => document));
  const made = {
    'README.md': readmeOf(facts),
    'docs/api/openapi.json': JSON.stringify(api),
    'client/api/schema.d.ts': await clientTypes(JSON.stringify(api)),
    'docs/api/asyncapi.json': JSON.stringify(describeEvents('ticketing', API_VERSION, facts)),
    ...(await postmanFiles(api)),
  };
  const stale: string[] = [];
  for (const [name, text] of Object.entries(made)) {
    const file = inClone(name);
    const written = await format(text, { ...(await resolveConfig(file)), filepath: file });
    const found = read(file);
    if (written === found) continue;
    stale.push(checkOnly ? firstDifference(name, found, written) : name);
    if (!checkOnly) write(file, written);
  }
  for (const name of leftOver(made, filesIn('docs/api', 'docs/postman'))) {
    stale.push(checkOnly ? `${name} is made by nothing any more` : `${name} (deleted)`);
    if (!checkOnly) rmSync(inClone(name));
  }
  if (checkOnly && stale.length > 0) {
    throw new Error(`not as the code is; \`npm run docs\` writes it anew:\n${stale.join('\n')}`);
  }
  say(stale.length > 0 ? `written anew: ${stale.join(', ')}` : 'All that is made from the code is as the code is.');
}

function readmeOf(facts: readonly ServiceFacts[]): string {
  const tables = {
    services: serviceTable(facts),
    routes: routeTable(facts),
    events: eventTable(facts),
    settings: settingsTable(facts),
  };
  return Object.entries(tables).reduce(fill, readFileSync(inClone('README.md'), 'utf8'));
}

function fill(text: string, [name, table]: [string, string]): string {
  const marked = new RegExp(`(<!-- ${name} -->)[^]*?(<!-- /${name} -->)`);
  if (!marked.test(text)) throw new Error(`README.md has no markers <!-- ${name} --> and <!-- /${name} -->`);
  return text.replace(marked, (_whole, begin: string, end: string) => `${begin}\n\n${table}\n\n${end}`);
}

function filesIn(...folders: string[]): string[] {
  return folders.flatMap((folder) => readdirSync(inClone(folder)).map((name) => `${folder}/${name}`));
}

/** @returns an empty text where there is no file yet */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

main(process.argv.includes('--check')).catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
});
