import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { inClone } from '../../src/system/paths';
import { tempFolder } from '../temp-folder';

const temp = tempFolder();
const green = { numPassedTests: 7, numFailedTests: 0, numPendingTests: 0, numRuntimeErrorTestSuites: 0, success: true };

/** @returns what the last step of CI says of the results of jest's runs and of the steps before */
function sum(runs: (object | undefined)[], failedSteps = 0) {
  const files = runs.map((results) => {
    const file = temp(`${randomUUID()}.json`);
    if (results) writeFileSync(file, JSON.stringify(results));
    return file;
  });
  const { status, stdout } = spawnSync(process.execPath, [inClone('.ci/sum.js'), String(failedSteps), ...files], {
    encoding: 'utf8',
  });
  return { status, lastLine: stdout.trim().split('\n').at(-1) };
}

describe('the last line of CI', () => {
  it('tells the sums, and succeeds, when all passed', () => {
    expect(sum([green, green])).toEqual({ status: 0, lastLine: '14 passed, 0 failed' });
  });

  it.each([
    ['a test failed', { ...green, numFailedTests: 2, success: false }, 0, '7 passed, 2 failed'],
    [
      'a suite could not be loaded',
      { ...green, numRuntimeErrorTestSuites: 1, success: false },
      0,
      '7 passed, 1 failed',
    ],
    ['lint failed', green, 1, '7 passed, 1 failed'],
    ['a test was skipped', { ...green, numPendingTests: 1 }, 0, '7 passed, 0 failed'],
    ['jest failed otherwise', { ...green, success: false }, 0, '7 passed, 1 failed'],
    ['nothing ran', { ...green, numPassedTests: 0 }, 0, '0 passed, 0 failed'],
    ['jest left no results', undefined, 0, '0 passed, 1 failed'],
  ])('fails when %s', (_what, results, failedSteps, lastLine) => {
    expect(sum([results], failedSteps)).toEqual({ status: 1, lastLine });
  });

  it.each([
    ['one of two runs failed', [green, { ...green, numFailedTests: 2, success: false }], '14 passed, 2 failed'],
    ['one of two runs left no results', [green, undefined], '7 passed, 1 failed'],
  ])('fails when %s', (_what, runs, lastLine) => {
    expect(sum(runs)).toEqual({ status: 1, lastLine });
  });
});
