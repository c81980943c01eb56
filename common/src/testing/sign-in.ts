import jwt from 'jsonwebtoken';
import { Types } from 'mongoose';

/** The key that `testService` gives to every service. */
export const TEST_JWT_KEY = 'a key for tests, which signs nothing else';

/** A fresh id, as MongoDB makes them. */
export function newId(): string {
  return new Types.ObjectId().toHexString();
}

/** The cookie of a browser that is signed in as this user. */
export function signIn(userId = newId(), email = `${userId}@example.com`): string {
  const token = jwt.sign({ id: userId, email }, TEST_JWT_KEY, { algorithm: 'HS256', expiresIn: '1h' });
  const session = Buffer.from(JSON.stringify({ jwt: token })).toString('base64');
  return `session=${session}`;
}
