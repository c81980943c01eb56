import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** What a browser that has been nowhere yet loads for a page, gzipped, in bytes. */
export interface Size {
  readonly page: string;
  readonly js: number;
  readonly css: number;
}

interface Manifest {
  readonly pages: Readonly<Record<string, readonly string[]>>;
  /** Loaded by every page, after all else. */
  readonly lowPriorityFiles: readonly string[];
}

const budget = { js: 125_000, css: 14_000 };
/** The page of the API brings the look of Swagger UI; Swagger UI itself is loaded later. */
const MAY_HAVE_MORE_CSS = '/api-docs';

/** @param build the folder that `next build` wrote */
export function sizesOf(build: string): Size[] {
  const manifest = JSON.parse(readFileSync(join(build, 'build-manifest.json'), 'utf8')) as Manifest;
  const { '/_app': app = [], ...pages } = manifest.pages;
  const weigh = (files: readonly string[], ending: string) =>
    files
      .filter((file) => file.endsWith(ending))
      .reduce((sum, file) => sum + gzipSync(readFileSync(join(build, file))).length, 0);
  return Object.entries(pages).map(([page, own]) => {
    const files = [...new Set([...own, ...app, ...manifest.lowPriorityFiles])];
    return { page, js: weigh(files, '.js'), css: weigh(files, '.css') };
  });
}

/** What is over the budget, in words. */
export function excesses({ page, js, css }: Size): string[] {
  return [
    ...(js > budget.js ? [`${page} loads ${kilobytes(js)} of JS, the budget is ${kilobytes(budget.js)}`] : []),
    ...(css > budget.css && page !== MAY_HAVE_MORE_CSS
      ? [`${page} loads ${kilobytes(css)} of CSS, the budget is ${kilobytes(budget.css)}`]
      : []),
  ];
}

export function sizeRows(sizes: readonly Size[], bare?: Size): string[][] {
  const row = ({ page, js, css }: Size) => [
    page,
    kilobytes(js),
    kilobytes(css),
    ...(bare ? [`${(js / bare.js).toFixed(2)} ×`] : []),
  ];
  return [
    ['First load, gzipped', 'JS', 'CSS', ...(bare ? ['JS to a bare page'] : [])],
    ...sizes.map(row),
    ...(bare ? [row({ ...bare, page: 'a bare page' })] : []),
    ['the budget', kilobytes(budget.js), kilobytes(budget.css)],
  ];
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
