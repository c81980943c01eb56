import { parseUrl } from './parse-url';

/** The cursor of the next page, from a `Link` header like `</api/tickets?cursor=abc>; rel="next"`. */
export function nextCursor(linkHeader: unknown): string | null {
  if (typeof linkHeader !== 'string') return null;
  const target = /<([^>]*)>\s*;[^,]*\brel="?next"?/.exec(linkHeader)?.[1];
  return target === undefined ? null : (parseUrl(target, 'http://api.invalid')?.searchParams.get('cursor') ?? null);
}
