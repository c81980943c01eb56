import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { tempFolder } from './temp-folder';

const temp = tempFolder();
const PROJECTS = [
  'common',
  'auth',
  'tickets',
  'orders',
  'payments',
  'expiration',
  'nats-test',
  'infra/local',
  'bench',
  'inspection',
];

/** Installs a compiler that leaves what the real one leaves. */
const NPM = `#!/bin/sh
echo "npm $*"
[ -e npm-fails ] && { echo "no such package" >&2; exit 1; }
mkdir -p node_modules/typescript/bin
cp tsc.js node_modules/typescript/bin/tsc
touch node_modules/.package-lock.json
`;
const TSC = `const fs = require('fs');
process.stdout.write('tsc ' + process.argv.slice(2).join(' ') + '\\n');
if (fs.existsSync('tsc-fails')) process.exit(2);
for (const project of ${JSON.stringify(PROJECTS)}) {
  fs.mkdirSync(project + '/dist', { recursive: true });
  fs.writeFileSync(project + '/dist/.tsbuildinfo', '');
}`;
const OLD_NODE = "Object.defineProperty(process.versions, 'node', { value: '18.20.4' });";
const MAIN = "process.stdout.write('main ' + process.argv.slice(2).join(' ') + '\\n');";

let clone: string;

beforeEach(() => {
  clone = temp(expect.getState().currentTestName!.replaceAll(/\W/g, '-'));
  copyFileSync(join(__dirname, '../prepare.js'), put('infra/local/prepare.js', ''));
  for (const name of ['package-lock.json', 'tsconfig.json', 'tsconfig.base.json']) put(name, '{}');
  for (const project of PROJECTS) {
    put(`${project}/package.json`, '{}');
    put(`${project}/tsconfig.json`, '{}');
    put(`${project}/src/index.ts`, '');
  }
  put('infra/local/dist/main.js', MAIN);
  put('tsc.js', TSC);
  put('old-node.js', OLD_NODE);
  chmodSync(put('bin/npm', NPM), 0o755);
});

function put(path: string, text: string): string {
  mkdirSync(dirname(join(clone, path)), { recursive: true });
  writeFileSync(join(clone, path), text);
  return join(clone, path);
}

function prepare(args: string[] = [], nodeOptions: string[] = []) {
  const env = { PATH: `${join(clone, 'bin')}:/usr/bin:/bin` };
  const command = [...nodeOptions, join(clone, 'infra/local/prepare.js'), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8', env });
  return { status, stdout, stderr };
}

describe('a bare clone', () => {
  it('is installed and compiled, with a line for each, and then runs the command', () => {
    const { status, stdout } = prepare(['start', '--port', '4000']);
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^Installing the dependencies, since there are none: npm ci/),
      expect.stringMatching(/^npm ci --include=dev/),
      'Compiling …',
      'tsc -b',
      'main start --port 4000',
      '',
    ]);
    expect(status).toBe(0);
  });

  it('is told in one sentence that its Node is too old, before anything is done', () => {
    const { status, stdout, stderr } = prepare(['start'], ['--require', join(clone, 'old-node.js')]);
    expect(stderr).toBe('Node 20.19 or later is needed, and this is 18.20.4.\n');
    expect(stdout).toBe('');
    expect(status).toBe(1);
    expect(existsSync(join(clone, 'node_modules'))).toBe(false);
  });

  it('ends with a sentence when it can not be installed', () => {
    put('npm-fails', '');
    const { status, stderr } = prepare(['start']);
    expect(stderr).toBe('no such package\nThe dependencies were not installed; what went wrong is above.\n');
    expect(status).toBe(1);
  });
});

describe('a clone that is ready', () => {
  beforeEach(() => {
    expect(prepare().status).toBe(0);
  });

  it('is left as it is, without a word', () => {
    expect(prepare()).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('is installed again when the lockfile is newer', () => {
    const later = new Date(Date.now() + 5000);
    utimesSync(join(clone, 'package-lock.json'), later, later);
    expect(prepare().stdout).toContain('since the lockfile is newer');
  });

  it('is compiled again when a source was changed, added or deleted, or the result is gone', () => {
    const changes = [
      () => put('orders/src/index.ts', 'changed'),
      () => put('orders/src/routes/new.ts', ''),
      () => rmSync(join(clone, 'orders/src/routes/new.ts')),
      () => rmSync(join(clone, 'tickets/dist'), { recursive: true }),
    ];
    for (const change of changes) {
      change();
      expect(prepare().stdout).toBe('Compiling …\ntsc -b\n');
      expect(prepare().stdout).toBe('');
    }
  });

  it('is compiled again after an attempt that failed', () => {
    put('orders/src/index.ts', 'wrong');
    put('tsc-fails', '');
    const { status, stderr } = prepare(['start']);
    expect(stderr).toBe('The sources do not compile; what went wrong is above.\n');
    expect(status).toBe(1);
    rmSync(join(clone, 'tsc-fails'));
    expect(prepare().stdout).toContain('Compiling');
  });
});

it('lists every project that the compiler builds', () => {
  const { references } = JSON.parse(readFileSync(join(__dirname, '../../../tsconfig.json'), 'utf8')) as {
    references: { path: string }[];
  };
  expect(references.map(({ path }) => path)).toEqual(PROJECTS);
  const [, names = ''] = /const PROJECTS = \[([^\]]*)\]/.exec(readFileSync(join(__dirname, '../prepare.js'), 'utf8'))!;
  expect([...names.matchAll(/'([^']+)'/g)].map(([, name]) => name)).toEqual(PROJECTS);
});
