import { CustomError } from './custom-error';
import type { ErrorCode } from './error-codes';

/** 403: whoever asks may not do this. */
export class ForbiddenError extends CustomError {
  readonly statusCode = 403;

  constructor(code: ErrorCode = 'forbidden', message = 'This is not yours') {
    super(code, message);
  }
}
