import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { NotAuthenticatedError } from '../errors';
import type { CurrentUser } from '../types';

const userSchema = z.object({ id: z.string(), email: z.string() });

/** Reads from the session who is signed in. A token that is forged, out of date or no token at all means nobody. */
export function currentUser(jwtKey: string): RequestHandler {
  // Of a text the library would find out first, for each token anew, that it is no public key.
  const key = createSecretKey(jwtKey, 'utf8');
  return (req, _res, next) => {
    const user = readToken(req.session?.jwt, key);
    if (user) req.currentUser = user;
    next();
  };
}

/** @throws NotAuthenticatedError when nobody is signed in */
export function currentUserOf({ currentUser }: Request): CurrentUser {
  if (!currentUser) throw new NotAuthenticatedError();
  return currentUser;
}

function readToken(token: unknown, key: KeyObject): CurrentUser | undefined {
  if (typeof token !== 'string') return undefined;
  try {
    // Without the list a token could choose how it is to be checked.
    return userSchema.parse(jwt.verify(token, key, { algorithms: ['HS256'] }));
  } catch {
    return undefined;
  }
}
