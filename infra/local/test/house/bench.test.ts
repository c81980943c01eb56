import { spawnSync } from 'node:child_process';
import { inClone } from '../../src/system/paths';

jest.setTimeout(120_000);

function bench(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [inClone('bench/dist/main.js'), ...args], {
    encoding: 'utf8',
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
