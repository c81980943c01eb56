import { CustomError } from './custom-error';
import type { ErrorCode } from './error-codes';

/** 409: the request is right, the present state forbids it; `retryAfter` in seconds, if waiting helps. */
export class ConflictError extends CustomError {
  readonly statusCode = 409;
  override readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, message: string, { retryAfter }: { retryAfter?: number } = {}) {
    super(code, message);
    this.retryAfter = retryAfter;
  }
}
