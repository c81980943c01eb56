import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { preProcessFile } from 'typescript';
import { inClone, root } from '../../src/system/paths';

interface Package {
  readonly name: string;
  readonly workspaces?: readonly string[];
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
}

/** Packages that are types only. */
const typings = ['express-serve-static-core'];

const packageIn = (folder: string) => JSON.parse(readFileSync(inClone(folder, 'package.json'), 'utf8')) as Package;
const tools = Object.keys(packageIn('.').devDependencies ?? {});

function sourcesIn(folder: string, cut = (source: string) => source): string[] {
  const files = execFileSync('git', ['ls-files', '-z', folder], { cwd: root, encoding: 'utf8' }).split('\0');
  return files
    .filter((path) => /\.(ts|tsx|js|mjs|cjs)$/.test(path))
    .map((path) => cut(readFileSync(inClone(path), 'utf8')));
}

/** Packages that a source names, whether it imports, requires or only takes types from them. */
function packagesOf(source: string): string[] {
  const named = preProcessFile(source, true, true).importedFiles.map(({ fileName }) => fileName);
  const foreign = named.filter((name) => !name.startsWith('.') && !isBuiltin(name));
  const names = foreign.map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
  return names.map((name) => (typings.includes(name) ? `@types/${name}` : name));
}

function undeclared({ name, dependencies, devDependencies, peerDependencies }: Package, sources: string[]): string[] {
  const declared = Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies }).concat(name, tools);
  return [...new Set(sources.flatMap(packagesOf))].filter((used) => !declared.includes(used));
}

test.each(packageIn('.').workspaces!)('%s declares every package that it imports', (folder) => {
  const sources = sourcesIn(folder);
  expect(sources.length).toBeGreaterThan(2);
  expect(undeclared(packageIn(folder), sources)).toEqual([]);
});

/** In an image there is nothing else. */
test.each(['common', 'auth', 'tickets', 'orders', 'payments', 'expiration'])('%s runs on its own', (folder) => {
  const { name, dependencies, peerDependencies } = packageIn(folder);
  const sources = sourcesIn(`${folder}/src`, (source) => source.replaceAll(/^import type .*;$/gm, ''));
  const declared = Object.keys({ ...dependencies, ...peerDependencies }).concat(name);
  const used = [...new Set(sources.flatMap(packagesOf))];
  expect(used.filter((one) => !declared.includes(one))).toEqual([]);
});

test.each([`import a from 'absent';`, `import type { A } from 'absent/part';`, `const a = require('absent');`])(
  'a package that is missing would be seen: %s',
  (source) => {
    expect(undeclared({ name: 'any', dependencies: { present: '1' } }, [source, `import 'present';`])).toEqual([
      'absent',
    ]);
  },
);
