import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../../src/system/paths';

const NOT_OURS = ['node_modules', '.git', '.next', '.data', 'dist', 'coverage'];
/** Words in lower case with hyphens between; Next.js takes the names of parameters in brackets. */
const KEBAB_CASE = /^([a-z0-9]+(-[a-z0-9]+)*|\[(\.{3})?\w+\]|_\w+)(\.[a-z0-9]+)*$/;

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.includes(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

const misnamed = (paths: string[]) => paths.filter((path) => !KEBAB_CASE.test(path.split('/').at(-1) ?? ''));

test('the names of source files are words with hyphens', () => {
  const sources = filesIn(root).filter((path) => /\.(ts|tsx|js|mjs|cjs)$/.test(path));
  expect(sources.length).toBeGreaterThan(100);
  expect(misnamed(sources.map((path) => relative(root, path)))).toEqual([]);
});

test.each(['orders/src/routes/createOrder.ts', 'orders/src/Order.ts', 'orders/src/create_order.ts'])(
  'a file named %s would be seen',
  (path) => {
    expect(misnamed([path])).toEqual([path]);
  },
);
