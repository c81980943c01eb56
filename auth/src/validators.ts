import { lengthOf } from '@ticketing/common';
import { body, type ValidationChain } from 'express-validator';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

const MIN_LENGTH = 8;
const MAX_LENGTH = 128;

const isText = (value: unknown): value is string => typeof value === 'string';

/** An e-mail address in the body, which loses the white space around it. */
export function email(field: string): ValidationChain {
  const message = 'A valid e-mail address is expected';
  return body(field).custom(isText).withMessage(message).bail().trim().isEmail().withMessage(message);
}

/** A password to be: its length is all that is asked, and it is taken as it is, spaces and all. */
export function newPassword(field: string): ValidationChain {
  return body(field)
    .custom((value) => isText(value) && lengthOf(value) >= MIN_LENGTH && lengthOf(value) <= MAX_LENGTH)
    .withMessage(`A password of ${MIN_LENGTH} to ${MAX_LENGTH} characters is expected`);
}

/** A password as somebody remembers it: it was chosen under the rules of its time. */
export function password(field: string): ValidationChain {
  return body(field)
    .custom((value) => isText(value) && value !== '')
    .withMessage('Your password is expected');
}
