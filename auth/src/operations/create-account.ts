import { BadRequestError, isDuplicateKey } from '@ticketing/common';
import { hashPassword } from '../models/password';
import { User, type UserDocument } from '../models/user';

/** @throws BadRequestError `email_taken`: the index decides, also between two who ask at the same moment */
export async function createAccount(email: string, password: string): Promise<UserDocument> {
  const passwordHash = await hashPassword(password);
  try {
    return await User.create({ email, passwordHash });
  } catch (error) {
    if (!isDuplicateKey(error, 'email')) throw error;
    throw new BadRequestError('email_taken', 'There is an account with this e-mail address', 'email');
  }
}
