import { crashPoint, route, validateRequest } from '@ticketing/common';
import { createAccount, refusals } from '../operations/create-account';
import { startSession } from '../operations/start-session';
import { email, newCredentials, newPassword, wrongNewCredentials, type Credentials } from '../validators';
import { signedIn } from './user-answer';

export const signUp = route(
  {
    method: 'post',
    path: '/api/users/signup',
    id: 'signUp',
    summary: 'Makes an account, and signs in',
    who: 'anyone',
    body: newCredentials,
    answers: { 201: signedIn('There is an account now, and it is signed in.') },
    errors: { validation_failed: wrongNewCredentials, ...refusals },
  },
  email('email'),
  newPassword('password'),
  validateRequest,
  async (req, res) => {
    const { email, password } = req.body as Credentials;
    const user = await createAccount(email, password);
    crashPoint('account created, not yet answered');
    startSession(req, user);
    res.status(201).send(user);
  },
);
