import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { say } from '../output';
import { inClone } from '../system/paths';
import { objections } from './objections';

interface Manifest {
  readonly version: string;
  readonly workspaces: readonly string[];
}

const RELEASED = 'docs/api/released';
/** Under a name without a version, so that nothing but this file changes with a release. */
const COMMON = 'common/released/ticketing-common.tgz';

/**
 * `npm run release -- 0.2.0`: gives all packages the version, closes the changelog's part on what was not released, and
 * keeps what the next one is compared with: the documents of the API and of the events, and the package `common`.
 */
function release(version: string): void {
  const { version: last, workspaces } = json('package.json') as Manifest;
  refuseUnlessReady(version, last);
  const manifests = ['', ...workspaces].map((folder) => inClone(folder, 'package.json'));
  for (const manifest of manifests) rewrite(manifest, (text) => text.replaceAll(ownVersion(last), `$1"${version}"`));
  const today = new Date().toISOString().slice(0, 10);
  rewrite(inClone('CHANGELOG.md'), (text) =>
    text.replace('## Unreleased\n', `## Unreleased\n\n## ${version}, ${today}\n`),
  );

  run('npm', 'run', 'docs');
  mkdirSync(inClone(RELEASED), { recursive: true });
  for (const name of ['openapi.json', 'asyncapi.json']) {
    copyFileSync(inClone('docs/api', name), inClone(RELEASED, name));
  }
  mkdirSync(inClone(COMMON, '..'), { recursive: true });
  // What is built is left there by sources that are gone; packing builds anew.
  rmSync(inClone('common/dist'), { recursive: true });
  run('npm', 'pack', '--workspace', 'common', '--pack-destination', inClone(COMMON, '..'));
  renameSync(inClone(COMMON, '..', `ticketing-common-${version}.tgz`), inClone(COMMON));
  const released = `@ticketing/common-released@file:${inClone(COMMON)}`;
  run('npm', 'install', '--no-audit', '--no-fund', '--save-dev', released, '--workspace', 'nats-test');
  say(`Look at the changes, commit them, and tag the commit v${version}.`);
}

/** Looks before anything is written. */
function refuseUnlessReady(version: string, last: string): void {
  run('npm', 'run', 'docs', '--', '--check');
  const documentsIn = (folder: string) => ({
    api: json(`${folder}/openapi.json`) as object,
    events: json(`${folder}/asyncapi.json`) as object,
  });
  const reasons = objections({
    version,
    last,
    uncommitted: execFileSync('git', ['status', '--porcelain'], { cwd: inClone(), encoding: 'utf8' }),
    released: documentsIn(RELEASED),
    now: documentsIn('docs/api'),
    changelog: readFileSync(inClone('CHANGELOG.md'), 'utf8'),
  });
  if (reasons.length > 0) throw new Error(`${version} is not released.\n${reasons.join('\n')}`);
}

/** The version of a package of ours: its own, or where another one depends on it. */
function ownVersion(version: string): RegExp {
  return new RegExp(`("(?:version|@ticketing/\\w+)": )"${version.replaceAll('.', '\\.')}"`, 'g');
}

function rewrite(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

function run(command: string, ...words: string[]): void {
  execFileSync(command, words, { cwd: inClone(), stdio: 'inherit' });
}

function json(file: string): unknown {
  return JSON.parse(readFileSync(inClone(file), 'utf8'));
}

try {
  const [version = ''] = process.argv.slice(2);
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    throw new Error(`"${version}" is no version. Say which this release has: npm run release -- 0.2.0`);
  }
  release(version);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
