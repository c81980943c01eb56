import type { Credentials } from '../api/types';
import { texts } from '../texts';

const shortestPassword = 8;

/** What is plainly wrong with an e-mail address and a password before they are sent, by field. */
export function credentialFaults({ email, password }: Credentials, newAccount: boolean): Record<string, string> {
  const { wrongEmail, noPassword, shortPassword } = texts.credentials;
  const faults: Record<string, string> = {};
  if (!/\S@\S/.test(email)) faults.email = wrongEmail;
  if (newAccount && password.length < shortestPassword) faults.password = shortPassword;
  else if (password === '') faults.password = noPassword;
  return faults;
}
