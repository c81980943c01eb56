import { CustomError } from './custom-error';

/** 404: it is not there, or not yet, or no longer. */
export class NotFoundError extends CustomError {
  readonly statusCode = 404;

  constructor(message = 'Not found') {
    super('not_found', message);
  }
}
