import { validateRequest } from '@ticketing/common';
import { Router } from 'express';
import { authenticate } from '../operations/authenticate';
import { startSession } from '../operations/start-session';
import { email, password, type Credentials } from '../validators';

export const signIn = Router().post(
  '/api/users/signin',
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
