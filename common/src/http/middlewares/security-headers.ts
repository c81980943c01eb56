import helmet from 'helmet';
import type { RequestHandler } from 'express';

/** Headers for answers that are data: never a page, never framed, and never kept by anybody. */
export function securityHeaders(overHttps: boolean): RequestHandler[] {
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    strictTransportSecurity: overHttps,
  }) as RequestHandler;
  return [headers, noStore];
}

/** Most answers depend on who asks. Nobody has one yet, though `If-None-Match: *` claims so, which Express believes. */
const noStore: RequestHandler = (req, res, next) => {
  delete req.headers['if-none-match'];
  res.set('Cache-Control', 'no-store');
  next();
};
