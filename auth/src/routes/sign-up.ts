import { crashPoint, validateRequest } from '@ticketing/common';
import { Router } from 'express';
import { createAccount } from '../operations/create-account';
import { startSession } from '../operations/start-session';
import { email, newPassword, type Credentials } from '../validators';

export const signUp = Router().post(
  '/api/users/signup',
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
