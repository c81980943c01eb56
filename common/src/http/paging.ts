import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { Answer } from './api/route';
import { ifAsked, orNothing } from './validators';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;

/** What the query of a list can say about its pages. */
export const pageQuery = z.object({
  limit: z.int().min(1).max(MAX_LIMIT).optional().describe(`The most items on a page; ${DEFAULT_LIMIT} if not said.`),
  cursor: z.string().optional().describe('Where the page begins: from the `Link` of the page before.'),
});

/** What a list answers. */
export function pageOf(item: z.ZodType, description: string): Answer {
  const Link = 'The address of the next page, if there is one: `<…>; rel="next"`, relative.';
  return { description, body: z.array(item), headers: { Link } };
}

/** A list in pages, each of which starts where the one before ended, however much was added or taken away meanwhile. */
export interface Paging<Position> {
  /** Guards of the query's `limit` and `cursor`; `validateRequest` comes after them. */
  readonly checks: readonly RequestHandler[];
  /** What the request wants. Look for one item more than `limit`: it tells whether there is a next page. */
  asked(req: Request): { limit: number; after: Position | undefined };
  /** Sends the page as a bare array, with the address of the next one, if any, in `Link`. */
  answer<Item>(req: Request, res: Response, found: readonly Item[], by: PageRules<Item, Position>): void;
}

export interface PageRules<Item, Position> {
  readonly positionOf: (item: Item) => Position;
  /** What is sent of an item. */
  readonly show: (item: Item) => unknown;
}

/** @param position what says where a page ended: the values that the list is sorted by, as JSON */
export function paging<Position>(position: z.ZodType<Position>): Paging<Position> {
  const read = (cursor: unknown) => position.safeParse(decode(cursor));
  return {
    checks: [
      ifAsked('limit', (limit) =>
        orNothing(limit).custom(isLimit).withMessage(`A whole number from 1 to ${MAX_LIMIT}`),
      ),
      ifAsked('cursor', (cursor) =>
        orNothing(cursor)
          .custom((value) => read(value).success)
          .withMessage('Take it from the Link of the page before'),
      ),
    ],
    asked: ({ query: { limit, cursor } }) => ({
      limit: Number(limit ?? DEFAULT_LIMIT),
      after: cursor === undefined ? undefined : read(cursor).data,
    }),
    answer(req, res, found, { positionOf, show }) {
      const { limit } = this.asked(req);
      const page = found.slice(0, limit);
      const last = page.at(-1);
      if (last && found.length > limit) res.set('Link', `<${nextAddress(req, positionOf(last))}>; rel="next"`);
      res.send(page.map(show));
    },
  };
}

function isLimit(text: unknown): boolean {
  return typeof text === 'string' && /^[1-9]\d{0,2}$/.test(text) && Number(text) <= MAX_LIMIT;
}

/** Clients take a cursor as it comes: what is in it may change at any time. */
function encode(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function decode(cursor: unknown): unknown {
  try {
    return JSON.parse(Buffer.from(String(cursor), 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** The same request from `position` on. Relative, as the service does not know under which name it was asked. */
function nextAddress(req: Request, position: unknown): string {
  const { pathname, searchParams } = new URL(req.originalUrl, 'http://any');
  searchParams.set('cursor', encode(position));
  return `${pathname}?${searchParams.toString()}`;
}
