import { lengthOf } from '@ticketing/common';
import { body, type ValidationChain } from 'express-validator';
import { z } from 'zod';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

const MIN_LENGTH = 8;
const MAX_LENGTH = 128;

const aboutEmail = 'A valid e-mail address is expected';
const aboutNewPassword = `A password of ${MIN_LENGTH} to ${MAX_LENGTH} characters is expected`;
const aboutPassword = 'Your password is expected';

const wrongEmail = { message: aboutEmail, field: 'email' };
export const wrongNewCredentials = [wrongEmail, { message: aboutNewPassword, field: 'password' }];
export const wrongCredentials = [wrongEmail, { message: aboutPassword, field: 'password' }];

const emailInput = z
  .string()
  .meta({ format: 'email' })
  .describe(
    'Letters of any script, at most 64 before the @. White space around it is taken away, and upper case is as lower.',
  );
const example = { email: 'ariel@example.com', password: 'correct horse battery' };

/** What somebody signs up with. */
export const newCredentials = z
  .object({ email: emailInput, password: z.string().min(MIN_LENGTH).max(MAX_LENGTH) })
  .meta({ id: 'NewCredentials', example });

/** What somebody signs in with. */
export const rememberedCredentials = z
  .object({ email: emailInput, password: z.string().min(1) })
  .meta({ id: 'Credentials', example });

const isText = (value: unknown): value is string => typeof value === 'string';

/** Half a character, at which isEmail throws. */
const BROKEN = /\p{Cs}/u;
const isWhole = (value: unknown) => isText(value) && !BROKEN.test(value);

/** An e-mail address in the body, which loses the white space around it. */
export function email(field: string): ValidationChain {
  return body(field).custom(isWhole).withMessage(aboutEmail).bail().trim().isEmail().withMessage(aboutEmail);
}

/** A password to be: its length is all that is asked, and it is taken as it is, spaces and all. */
export function newPassword(field: string): ValidationChain {
  return body(field)
    .custom((value) => isText(value) && lengthOf(value) >= MIN_LENGTH && lengthOf(value) <= MAX_LENGTH)
    .withMessage(aboutNewPassword);
}

/** A password as somebody remembers it: it was chosen under the rules of its time. */
export function password(field: string): ValidationChain {
  return body(field)
    .custom((value) => isText(value) && value !== '')
    .withMessage(aboutPassword);
}
