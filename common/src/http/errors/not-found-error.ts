import { CustomError } from './custom-error';
import { usualMessage } from './error-codes';

/** 404: it is not there, or not yet, or no longer. */
export class NotFoundError extends CustomError {
  readonly statusCode = 404;

  constructor(message: string = usualMessage.not_found) {
    super('not_found', message);
  }
}
