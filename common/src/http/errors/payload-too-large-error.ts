import { CustomError } from './custom-error';
import { usualMessage } from './error-codes';

/** 413: the body is larger than any that makes sense here. */
export class PayloadTooLargeError extends CustomError {
  readonly statusCode = 413;

  constructor() {
    super('body_too_large', usualMessage.body_too_large);
  }
}
