import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that is deleted after the tests of the file. Call it at the top of the file. */
export function tempFolder(): (...path: string[]) => string {
  const folder = mkdtempSync(join(tmpdir(), 'ticketing-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return (...path) => join(folder, ...path);
}
