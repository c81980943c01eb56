import { CustomError, type ErrorEntry } from './custom-error';
import { usualMessage } from './error-codes';

/** 500: a fault in the program. Outside nobody learns more of it than the id under which it is in the log. */
export class InternalError extends CustomError {
  readonly statusCode = 500;

  constructor(readonly requestId: string) {
    super('internal_error', usualMessage.internal_error);
  }

  override serializeErrors(): ErrorEntry[] {
    const { message, code, requestId } = this;
    return [{ message, code, requestId }];
  }
}
