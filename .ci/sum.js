/**
 * Prints the sums over all suites as the last line, and fails unless something ran and nothing failed or was skipped.
 * sum.js <failed steps> <results of jest> …
 */
const { existsSync, readFileSync } = require('node:fs');

const [failedSteps, ...resultFiles] = process.argv.slice(2);
const none = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numRuntimeErrorTestSuites: 0, success: false };
const runs = resultFiles.map((file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : none));

/** A suite that can't even be loaded holds no test that could fail; and jest itself may fail, and then tells nothing. */
function failuresIn({ numFailedTests, numRuntimeErrorTestSuites, success }) {
  const counted = numFailedTests + numRuntimeErrorTestSuites;
  return counted === 0 && !success ? 1 : counted;
}
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

const passed = sum(runs.map(({ numPassedTests }) => numPassedTests));
const failed = Number(failedSteps) + sum(runs.map(failuresIn));
const skipped = sum(runs.map(({ numPendingTests }) => numPendingTests));

process.stdout.write(`\n${skipped > 0 ? `${skipped} tests were skipped.\n` : ''}${passed} passed, ${failed} failed\n`);
process.exitCode = passed > 0 && failed === 0 && skipped === 0 ? 0 : 1;
