import { CustomError } from './custom-error';

/** 415: the body is in a format that the API does not read. */
export class UnsupportedMediaTypeError extends CustomError {
  readonly statusCode = 415;

  constructor(message = 'Send the body as application/json') {
    super('unsupported_media_type', message);
  }
}
