import { defineService } from '@ticketing/common';
import { config } from './config';
import { User } from './models/user';
import { showCurrentUser } from './routes/show-current-user';
import { signIn } from './routes/sign-in';
import { signOut } from './routes/sign-out';
import { signUp } from './routes/sign-up';

export const auth = defineService({
  name: 'auth',
  config,
  models: [User],
  routes: [signUp, signIn, signOut, showCurrentUser],
});
