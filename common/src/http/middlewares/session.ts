import cookieSession from 'cookie-session';
import type { RequestHandler } from 'express';

const WEEK = 7 * 24 * 60 * 60 * 1000;

/** `req.session`, kept in a cookie. It is not signed, since all that it holds is a token that is. */
export function session(secure: boolean): RequestHandler {
  return cookieSession({ name: 'session', signed: false, httpOnly: true, sameSite: 'lax', secure, maxAge: WEEK });
}
