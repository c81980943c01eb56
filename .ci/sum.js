/** Prints the sums over all suites as the last line, and fails unless something ran and nothing failed. */
const { existsSync, readFileSync } = require('node:fs');

const [resultsFile, failedSteps] = process.argv.slice(2);
const none = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numRuntimeErrorTestSuites: 0, success: false };
const results = existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, 'utf8')) : none;

const passed = results.numPassedTests;
// A suite that can't even be loaded holds no test that could fail.
const counted = results.numFailedTests + results.numRuntimeErrorTestSuites + Number(failedSteps);
// Jest itself may fail, and then tells nothing.
const failed = counted === 0 && !results.success ? 1 : counted;
const skipped = results.numPendingTests;

process.stdout.write(`\n${skipped > 0 ? `${skipped} tests were skipped.\n` : ''}${passed} passed, ${failed} failed\n`);
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
