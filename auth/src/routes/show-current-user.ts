import { route } from '@ticketing/common';
import { z } from 'zod';
import { userAnswer } from './user-answer';

export const showCurrentUser = route(
  {
    method: 'get',
    path: '/api/users/currentuser',
    id: 'showCurrentUser',
    summary: 'Says who is signed in',
    who: 'anyone or signed in',
    answers: {
      200: {
        description: 'The account of the session, or null.',
        body: z.object({ currentUser: userAnswer.nullable() }),
      },
    },
  },
  (req, res) => {
    res.send({ currentUser: req.currentUser ?? null });
  },
);
