import { paging, requireAuth, shownOf, validateRequest } from '@ticketing/common';
import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import { Ticket } from '../models/ticket';
import { positionOf, searchTickets } from '../operations/search-tickets';
import { readSearch, searchRules } from './read-search';

const LATEST_TIME = 8.64e15;
const pages = paging(z.object({ at: z.number().min(0).max(LATEST_TIME), id: z.string().regex(/^[0-9a-f]{24}$/) }));

const requireAuthForOwn: RequestHandler = (req, res, next) => {
  if (req.query.seller === 'me') void requireAuth(req, res, next);
  else next();
};

export const listTickets = Router().get(
  '/api/tickets',
  requireAuthForOwn,
  ...searchRules,
  ...pages.checks,
  validateRequest,
  async (req, res) => {
    const { limit, after } = pages.asked(req);
    const search = readSearch(req);
    const found = await searchTickets(search, limit + 1, after);
    pages.answer(req, res, found, {
      positionOf: (ticket) => positionOf(ticket, search.sort),
      show: (ticket) => shownOf(Ticket, ticket),
    });
  },
);
