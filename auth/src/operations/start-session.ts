import { log } from '@ticketing/common';
import type { Request } from 'express';
import jwt from 'jsonwebtoken';
import { config } from '../config';
import type { UserDocument } from '../models/user';

/** Signs the user in, for a week, in the browser that asked. */
export function startSession(req: Request, user: UserDocument): void {
  const { JWT_KEY, COOKIE_SECURE } = config.value;
  const claims = { id: user.id as string, email: user.email };
  req.session = { jwt: jwt.sign(claims, JWT_KEY, { algorithm: 'HS256', expiresIn: '7d' }) };
  if (COOKIE_SECURE && !req.secure) {
    // The library drops such a cookie without a word, and the browser is not signed in.
    log.warn('no session cookie was sent: the request did not come over HTTPS, see COOKIE_SECURE, TRUST_PROXY_HOPS');
  }
}
