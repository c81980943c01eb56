import { Router } from 'express';

export const signOut = Router().post('/api/users/signout', (req, res) => {
  req.session = null;
  res.send({});
});
