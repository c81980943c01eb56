import { CustomError } from './custom-error';

const USUAL_WAIT_SECONDS = 2;

/** 503: something that is needed is away, or there is too much to do; `retryAfter` in seconds. */
export class ServiceUnavailableError extends CustomError {
  readonly statusCode = 503;

  constructor(
    code: 'dependency_unavailable' | 'payment_outcome_unknown' | 'overloaded',
    message: string,
    override readonly retryAfter: number = USUAL_WAIT_SECONDS,
  ) {
    super(code, message);
  }
}
