import {
  currentUserOf,
  ifAsked,
  lengthOf,
  orNothing,
  ticketCategorySchema,
  type TicketCategory,
} from '@ticketing/common';
import type { Request } from 'express';
import { z } from 'zod';
import { wordsOf } from '../models/words';
import { sortNames, type Search, type Sort } from '../operations/search-tickets';

const LONGEST_Q = 200;
const DOLLARS = /^\d{1,6}(\.\d{1,2})?$/;
const dollarsInput = z.string().regex(DOLLARS).describe('US dollars, with at most two decimals.');

/** What the query of the list can say about the tickets. */
export const searchQuery = z.object({
  q: z
    .string()
    .max(LONGEST_Q)
    .optional()
    .describe('Whole words, all of which stand in its title, venue or description.'),
  category: ticketCategorySchema.optional(),
  minPrice: dollarsInput.optional(),
  maxPrice: dollarsInput.optional(),
  sort: z.enum(sortNames).optional().describe('`newest` if not said.'),
  seller: z.literal('me').optional().describe("One's own."),
});

const isOneOf = (names: readonly string[]) => (value: unknown) => names.includes(value as string);
const isDollars = (value: unknown) => typeof value === 'string' && DOLLARS.test(value);
const isSearchText = (value: unknown) => typeof value === 'string' && lengthOf(value) <= LONGEST_Q;

const choice = (field: string, names: readonly string[]) =>
  ifAsked(field, (chain) =>
    orNothing(chain)
      .custom(isOneOf(names))
      .withMessage(`One of ${names.join(', ')}`),
  );
const dollars = (field: string) =>
  ifAsked(field, (chain) =>
    orNothing(chain).custom(isDollars).withMessage('A price in dollars is expected, with at most two decimals'),
  );

export const searchRules = [
  ifAsked('q', (chain) =>
    orNothing(chain).custom(isSearchText).withMessage(`Text of at most ${LONGEST_Q} characters is expected`),
  ),
  choice('category', ticketCategorySchema.options),
  dollars('minPrice'),
  dollars('maxPrice'),
  choice('sort', sortNames),
  choice('seller', ['me']),
];

interface SearchQuery {
  q?: string;
  category?: TicketCategory;
  minPrice?: string;
  maxPrice?: string;
  sort?: Sort;
  seller?: 'me';
}

/** What a request that has passed the rules above looks for. */
export function readSearch(req: Request): Search {
  const { q, category, minPrice, maxPrice, sort = 'newest', seller } = req.query as SearchQuery;
  return {
    sort,
    words: q === undefined ? undefined : wordsOf(q),
    category,
    minPrice: minPrice === undefined ? undefined : Number(minPrice),
    maxPrice: maxPrice === undefined ? undefined : Number(maxPrice),
    sellerId: seller === undefined ? undefined : currentUserOf(req).id,
  };
}
