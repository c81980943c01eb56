import { CustomError } from './custom-error';

/** 401: nobody is signed in. */
export class NotAuthenticatedError extends CustomError {
  readonly statusCode = 401;

  constructor() {
    super('not_authenticated', 'Sign in first');
  }
}
