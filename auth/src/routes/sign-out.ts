import { route } from '@ticketing/common';
import { z } from 'zod';

export const signOut = route(
  {
    method: 'post',
    path: '/api/users/signout',
    id: 'signOut',
    summary: 'Signs out',
    who: 'anyone',
    answers: {
      200: { description: 'Nobody is signed in.', body: z.object({}), headers: { 'Set-Cookie': 'An empty session.' } },
    },
  },
  (req, res) => {
    req.session = null;
    res.send({});
  },
);
