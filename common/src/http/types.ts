// Brings `req.session` to whoever uses this package; an import would be left out of its declarations.
/// <reference types="cookie-session" preserve="true" />

/** Who is signed in, as the session says. */
export interface CurrentUser {
  readonly id: string;
  readonly email: string;
}

declare module 'express-serve-static-core' {
  interface Request {
    /** Undefined when nobody is signed in; a guarded route asks `currentUserOf`. */
    currentUser?: CurrentUser;
  }
}
