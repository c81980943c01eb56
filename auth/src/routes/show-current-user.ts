import { Router } from 'express';

export const showCurrentUser = Router().get('/api/users/currentuser', (req, res) => {
  res.send({ currentUser: req.currentUser ?? null });
});
