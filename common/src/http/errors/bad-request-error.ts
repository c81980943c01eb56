import { CustomError, type ErrorEntry } from './custom-error';
import type { ErrorCode } from './error-codes';

/** 400: the request can't be carried out as it stands; `field` is the input that it is about, if one is. */
export class BadRequestError extends CustomError {
  readonly statusCode = 400;

  constructor(
    code: ErrorCode,
    message: string,
    readonly field?: string,
  ) {
    super(code, message);
  }

  override serializeErrors(): ErrorEntry[] {
    const { message, code, field } = this;
    return [field === undefined ? { message, code } : { message, code, field }];
  }
}
