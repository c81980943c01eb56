import { CustomError } from './custom-error';
import { usualMessage } from './error-codes';

/** 415: the body is in a format that the API does not read. */
export class UnsupportedMediaTypeError extends CustomError {
  readonly statusCode = 415;

  constructor(message: string = usualMessage.unsupported_media_type) {
    super('unsupported_media_type', message);
  }
}
