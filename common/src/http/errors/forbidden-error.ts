import { CustomError } from './custom-error';

/** 403: whoever asks may not do this. */
export class ForbiddenError extends CustomError {
  readonly statusCode = 403;

  constructor(code = 'forbidden', message = 'This is not yours') {
    super(code, message);
  }
}
