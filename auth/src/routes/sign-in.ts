import { route, validateRequest } from '@ticketing/common';
import { authenticate, refusals } from '../operations/authenticate';
import { startSession } from '../operations/start-session';
import { email, password, rememberedCredentials, wrongCredentials, type Credentials } from '../validators';
import { signedIn } from './user-answer';

export const signIn = route(
  {
    method: 'post',
    path: '/api/users/signin',
    id: 'signIn',
    summary: 'Signs in',
    who: 'anyone',
    body: rememberedCredentials,
    answers: { 200: signedIn('Signed in.') },
    errors: { validation_failed: wrongCredentials, ...refusals },
  },
  email('email'),
  password('password'),
  validateRequest,
  async (req, res) => {
    const { email, password } = req.body as Credentials;
    const user = await authenticate(email, password);
    startSession(req, user);
    res.send(user);
  },
);
