import { BadRequestError, crashPoint, log } from '@ticketing/common';
import { hashPassword, isOutdated, isPassword, overloaded } from '../models/password';
import { User, type UserDocument } from '../models/user';

export const refusals = { invalid_credentials: 'Invalid credentials', overloaded };

/**
 * Finds the user whose e-mail address and password these are.
 * @throws BadRequestError `invalid_credentials`, which tells neither by its words nor by its time whether the address
 * is known
 */
export async function authenticate(email: string, password: string): Promise<UserDocument> {
  const user = await User.findOne({ email });
  const matches = await isPassword(password, user?.passwordHash);
  if (!user || !matches) throw new BadRequestError('invalid_credentials', refusals.invalid_credentials);
  if (isOutdated(user.passwordHash)) await renewHash(user, password);
  return user;
}

/** The password is at hand only now. It may also be done the next time, so no failure of it keeps anybody out. */
async function renewHash({ _id, passwordHash }: UserDocument, password: string): Promise<void> {
  try {
    await User.updateOne({ _id, passwordHash }, { passwordHash: await hashPassword(password) });
    crashPoint('hash renewed, not yet answered');
  } catch (error) {
    log.warn({ error }, "a user's password keeps its outdated hash");
  }
}
