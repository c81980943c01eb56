import { CustomError } from './custom-error';
import { usualMessage } from './error-codes';

/** 415: the body is in a format that the API does not read. */
export class UnsupportedMediaTypeError extends CustomError {
  readonly statusCode = 415;

  constructor() {
    super('unsupported_media_type', usualMessage.unsupported_media_type);
  }
}
