import { BadRequestError, isDuplicateKey } from '@ticketing/common';
import { hashPassword, overloaded } from '../models/password';
import { User, type UserDocument } from '../models/user';

export const refusals = {
  email_taken: { message: 'There is an account with this e-mail address', field: 'email' },
  overloaded,
};

/** @throws BadRequestError `email_taken`: the index decides, also between two who ask at the same moment */
export async function createAccount(email: string, password: string): Promise<UserDocument> {
  const passwordHash = await hashPassword(password);
  try {
    return await User.create({ email, passwordHash });
  } catch (error) {
    if (!isDuplicateKey(error, 'email')) throw error;
    throw new BadRequestError('email_taken', refusals.email_taken.message, refusals.email_taken.field);
  }
}
