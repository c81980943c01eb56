import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { excesses, sizesOf } from '../src/budgets/sizes';

const build = mkdtempSync(join(tmpdir(), 'build-'));
afterAll(() => rmSync(build, { recursive: true }));

/** Bytes that no compression makes fewer. */
const file = (name: string, bytes: number) => writeFileSync(join(build, name), randomBytes(bytes));

function sizesWith(pages: Record<string, string[]>) {
  writeFileSync(join(build, 'build-manifest.json'), JSON.stringify({ pages, lowPriorityFiles: ['late.js'] }));
  return sizesOf(build);
}

file('app.js', 100_000);
file('app.css', 10_000);
file('late.js', 1000);
file('small.js', 20_000);
file('large.js', 25_000);
file('large.css', 5000);

test('a page loads its own files, those of all pages and those that come late, each once', () => {
  const [page] = sizesWith({ '/_app': ['app.js', 'app.css'], '/': ['small.js', 'app.js'] });
  expect(page).toMatchObject({ page: '/' });
  expect(page!.js / 121_000).toBeCloseTo(1, 2);
  expect(page!.css / 10_000).toBeCloseTo(1, 2);
});

test('a page at its budget is told nothing of, what is over it is told by page and kind', () => {
  const app = ['app.js', 'app.css'];
  const sizes = sizesWith({ '/_app': app, '/small': ['small.js'], '/large': ['large.js', 'large.css'] });
  expect(sizes.flatMap(excesses)).toEqual([
    expect.stringMatching(/^\/large loads 126\.\d kB of JS, the budget is 125\.0 kB$/),
    expect.stringMatching(/^\/large loads 15\.\d kB of CSS, the budget is 14\.0 kB$/),
  ]);
});

test('the page of the API may bring the look of Swagger UI, but no more JS than others', () => {
  const sizes = sizesWith({ '/_app': ['app.js', 'app.css'], '/api-docs': ['large.js', 'large.css'] });
  expect(sizes.flatMap(excesses)).toEqual([expect.stringMatching(/of JS/)]);
});
