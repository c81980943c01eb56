import { CustomError } from './custom-error';

/** 429: this caller asks too often; `retryAfter` in seconds. */
export class TooManyRequestsError extends CustomError {
  readonly statusCode = 429;

  constructor(
    override readonly retryAfter: number,
    message = 'Too many requests, wait a little',
  ) {
    super('too_many_requests', message);
  }
}
