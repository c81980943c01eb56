import {
  pageOf,
  pageQuery,
  paging,
  requireAuth,
  route,
  shownOf,
  ticketAnswer,
  usualMessage,
  validateRequest,
} from '@ticketing/common';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { Ticket } from '../models/ticket';
import { positionOf, searchTickets } from '../operations/search-tickets';
import { readSearch, searchQuery, searchRules } from './read-search';

const LATEST_TIME = 8.64e15;
const pages = paging(z.object({ at: z.number().min(0).max(LATEST_TIME), id: z.string().regex(/^[0-9a-f]{24}$/) }));

const requireAuthForOwn: RequestHandler = (req, res, next) => {
  if (req.query.seller === 'me') void requireAuth(req, res, next);
  else next();
};

export const listTickets = route(
  {
    method: 'get',
    path: '/api/tickets',
    id: 'listTickets',
    summary: 'Lists the tickets that can be bought',
    description:
      "With `seller=me`, all of one's own, reserved, sold and past ones too; for that one has to be signed in.",
    who: 'anyone or signed in',
    query: z.object({ ...searchQuery.shape, ...pageQuery.shape }),
    answers: { 200: pageOf(ticketAnswer, 'A page of tickets.') },
    errors: {
      not_authenticated: usualMessage.not_authenticated,
      validation_failed: { message: 'A whole number from 1 to 100', field: 'limit' },
    },
  },
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
