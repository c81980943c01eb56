import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { CRASH_POINTS } from '@ticketing/common';
import { processEnvironment } from '../../src/config';
import { inClone } from '../../src/system/paths';
import { tempFolder } from '../temp-folder';

jest.setTimeout(120_000);
const temp = tempFolder();

const bench = (...args: string[]) => benchWith({}, ...args);

function benchWith(settings: NodeJS.ProcessEnv, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [inClone('bench/dist/main.js'), ...args], {
    encoding: 'utf8',
    timeout: 110_000,
    killSignal: 'SIGKILL',
    env: { ...processEnvironment(), ...settings },
  });
  return { status, stdout, stderr };
}

test('the table of figures is what the results of the last run say', () => {
  expect(bench('--check')).toMatchObject({ status: 0, stderr: '' });
});

test('one row at small sizes: it is measured on a running system, and shown with its bound and a verdict', () => {
  const { status, stdout, stderr } = bench('--quick', '--only', 'rush');
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/\| 50 buyers, one ticket +\|.*1 × 201, 49 × 409.*\| (holds|\*\*missed\*\*) +\|/);
});

test('a row that there is not: the names are told, and nothing is started', () => {
  const { status, stderr } = bench('--only', 'list,lists');
  expect([status, stderr]).toEqual([1, expect.stringMatching(/^There is no lists\. The names are memory, list, /)]);
});

test('a part ends by itself while it is measured: the run says so, shows no figures and fails', () => {
  const death = `require('node:diagnostics_channel').subscribe('${CRASH_POINTS}', () => process.exit(7));`;
  writeFileSync(temp('death.js'), `if (/expiration.dist/.test(process.argv[1])) ${death}`);
  const settings = { NODE_OPTIONS: `--require=${temp('death.js')}` };
  const { status, stdout, stderr } = benchWith(settings, '--quick', '--only', 'rush');
  expect([status, stderr]).toEqual([1, 'expiration ended while it was measured (exit code 7).\n']);
  expect(stdout).not.toMatch(/holds|missed/);
});
