import type { ErrorCode } from './error-codes';
/** One entry of an error answer: `message` is for people, `code` for programs, `field` says which input it is about. */
export interface ErrorEntry {
  readonly message: string;
  readonly code: ErrorCode;
  readonly field?: string;
  /** Stripe's own word for a declined card. */
  readonly declineCode?: string;
  /** What the browser needs to authenticate a payment with the buyer's bank. */
  readonly clientSecret?: string;
  /** Under which id the log knows more. */
  readonly requestId?: string;
}

/** An error that has an answer: every subclass is one status of the contract, and is told its code. */
export abstract class CustomError extends Error {
  abstract readonly statusCode: number;

  /** Seconds after which asking again makes sense; sent as `Retry-After`. */
  readonly retryAfter: number | undefined = undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
    this.name = new.target.name;
  }

  serializeErrors(): ErrorEntry[] {
    return [{ message: this.message, code: this.code }];
  }
}
