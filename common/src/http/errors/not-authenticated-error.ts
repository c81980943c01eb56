import { CustomError } from './custom-error';
import { usualMessage } from './error-codes';

/** 401: nobody is signed in. */
export class NotAuthenticatedError extends CustomError {
  readonly statusCode = 401;

  constructor() {
    super('not_authenticated', usualMessage.not_authenticated);
  }
}
