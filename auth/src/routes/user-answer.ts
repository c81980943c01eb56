import { idField, type Answer } from '@ticketing/common';
import { z } from 'zod';

export const userAnswer = z.object({ id: idField, email: z.string() }).meta({
  id: 'User',
  example: { id: '6650f2a1c3d4e5f6012345cc', email: 'ariel@example.com' },
});

/** The account, and its session in a cookie. */
export function signedIn(description: string): Answer {
  return { description, body: userAnswer, headers: { 'Set-Cookie': 'The session, for seven days.' } };
}
