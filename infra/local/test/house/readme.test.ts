import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(__dirname, '../../../..');
const documents = [
  'README.md',
  'RELIABILITY.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'common/README.md',
  'bench/README.md',
];

test("the README's tables of services, routes, events and settings are what the code says", () => {
  const main = resolve(root, 'infra/local/dist/docs/main.js');
  expect(execFileSync('node', [main, '--check'], { encoding: 'utf8' })).toContain('as the code is');
}, 60_000);

test.each(documents)('every file that %s links to is there', (document) => {
  const text = readFileSync(resolve(root, document), 'utf8');
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path!);
  const folder = resolve(root, document, '..');
  expect(links.filter((path) => !existsSync(resolve(folder, path)))).toEqual([]);
});

test('every command that the README names is one', () => {
  const { scripts } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const named = [...readFileSync(resolve(root, 'README.md'), 'utf8').matchAll(/npm (?:run )?([a-z]+)/g)];
  const commands = new Set(named.map(([, command]) => command!));
  expect([...commands].filter((command) => command !== 'npm' && !(command in scripts))).toEqual([]);
});
