import { CustomError, type ErrorEntry } from './custom-error';

/** What is wrong with one input; without `field`, with the request as a whole. */
export interface InvalidInput {
  readonly message: string;
  readonly field?: string;
}

/** 400 `validation_failed`: one entry for each input that breaks a rule. */
export class RequestValidationError extends CustomError {
  readonly statusCode = 400;

  constructor(readonly invalid: readonly InvalidInput[]) {
    super('validation_failed', 'The request has invalid input');
  }

  override serializeErrors(): ErrorEntry[] {
    return this.invalid.map((input) => ({ code: this.code, ...input }));
  }
}
