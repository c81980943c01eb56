import { currentUserOf, requireAuth, validateRequest } from '@ticketing/common';
import { Router } from 'express';
import { offerTicket } from '../models/ticket';
import { newDetails, readDetails } from './read-details';

export const createTicket = Router().post(
  '/api/tickets',
  requireAuth,
  ...newDetails,
  validateRequest,
  async (req, res) => {
    const ticket = await offerTicket(currentUserOf(req).id, readDetails(req)).save();
    res.status(201).send(ticket);
  },
);
