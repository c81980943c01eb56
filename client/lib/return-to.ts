import { parseUrl } from './parse-url';

const placeholder = 'http://shop.invalid';

/**
 * Where to go after signing in: a path of this site and nothing else. It is judged as a browser would read it,
 * which takes `\` for `/` and drops tabs, so `/\evil` and `/<tab>/evil` name another host just as `//evil` does.
 */
export function safeReturnTo(value: unknown): string {
  if (typeof value !== 'string' || !value.startsWith('/')) return '/';
  const url = parseUrl(value, placeholder);
  if (url?.origin !== placeholder) return '/';
  const isPathHere = !url.pathname.startsWith('//') && decoded(url.pathname)?.startsWith('/auth/') === false;
  return isPathHere ? `${url.pathname}${url.search}${url.hash}` : '/';
}

/** A path as the router reads it; undefined if it cannot. */
function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

export const signInPath = (returnTo: string): string => authPath('/auth/signin', returnTo);

/** Keeps the way back when somebody changes from signing in to signing up. */
export function authPath(page: '/auth/signin' | '/auth/signup', returnTo: string): string {
  const safe = safeReturnTo(returnTo);
  return safe === '/' ? page : `${page}?returnTo=${encodeURIComponent(safe)}`;
}
