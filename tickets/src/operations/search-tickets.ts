import { ticketCategorySchema, type TicketCategory } from '@ticketing/common';
import { Types, type FilterQuery, type PipelineStage } from 'mongoose';
import { listedByAge, listedByDate, listedByPrice, ofSeller, Ticket } from '../models/ticket';

export interface Search {
  readonly sort: Sort;
  /** Tickets that have all of these words. */
  readonly words: readonly string[] | undefined;
  readonly category: TicketCategory | undefined;
  readonly minPrice: number | undefined;
  readonly maxPrice: number | undefined;
  /** All tickets of this seller; without one, those that can be bought. */
  readonly sellerId: string | undefined;
}

/** Where a page ended: the value that the list is sorted by, in milliseconds for a time, and the ticket's id. */
export interface Position {
  readonly at: number;
  readonly id: string;
}

/** A ticket as it is stored, with what its place in a list follows from. */
export interface FoundTicket {
  readonly _id: Types.ObjectId;
  readonly createdAt: Date;
  readonly price: number;
  readonly sellableUntil: Date;
}

const sorts = {
  newest: { field: 'createdAt', direction: -1, index: listedByAge },
  price: { field: 'price', direction: 1, index: listedByPrice },
  '-price': { field: 'price', direction: -1, index: listedByPrice },
  date: { field: 'sellableUntil', direction: 1, index: listedByDate },
} as const;
export type Sort = keyof typeof sorts;
export const sortNames = Object.keys(sorts) as Sort[];

/** A search by words looks at so many tickets at most, however common the words are. */
const CANDIDATES = 1000;

/** The first `count` tickets that the search finds, or the first ones beyond the position `after`. */
export async function searchTickets(
  search: Search,
  count: number,
  after: Position | undefined,
): Promise<FoundTicket[]> {
  const found: FoundTicket[] = [];
  for (const range of after ? rangesBeyond(after, search.sort) : [{}]) {
    if (found.length < count) found.push(...(await find(search, range, count - found.length)));
  }
  return found;
}

export function positionOf(ticket: FoundTicket, sort: Sort): Position {
  return { at: Number(ticket[sorts[sort].field]), id: ticket._id.toHexString() };
}

/**
 * Two plain ranges, looked at one after the other, as one `$or` is a matter of luck: for some the planner reads all
 * tickets of the same price again.
 */
function rangesBeyond({ at, id }: Position, sort: Sort): FilterQuery<unknown>[] {
  const { field, direction } = sorts[sort];
  const value = field === 'price' ? at : new Date(at);
  const beyond = direction === 1 ? '$gt' : '$lt';
  return [{ [field]: value, _id: { [beyond]: new Types.ObjectId(id) } }, { [field]: { [beyond]: value } }];
}

async function find(search: Search, range: FilterQuery<unknown>, count: number): Promise<FoundTicket[]> {
  const { field, direction } = sorts[search.sort];
  const query = Ticket.aggregate<FoundTicket>([
    ...candidates(search),
    { $match: range },
    { $sort: { [field]: direction, _id: direction } },
    { $limit: count },
    { $unset: ['words', 'orders', 'outbox'] },
  ]);
  const index = indexFor(search);
  return index ? query.hint(index) : query;
}

/** Left to itself, the planner takes the index that suited the first search of this shape. */
function indexFor({ words, sellerId, sort }: Search) {
  if (sellerId !== undefined) return ofSeller;
  // MongoDB takes no hint beside `$text`, for which there is one index only.
  return words ? undefined : sorts[sort].index;
}

function candidates(search: Search): PipelineStage[] {
  const { words, sellerId } = search;
  if (!words) return [{ $match: filterOf(search) }];
  const lookUp: PipelineStage[] =
    sellerId === undefined
      ? [{ $match: { ...filterOf(search), $text: { $search: longest(words) } } }]
      : [{ $match: filterOf(search) }, { $sort: { createdAt: -1, _id: -1 } }];
  return [...lookUp, { $limit: CANDIDATES }, { $match: { words: { $all: words } } }];
}

/** Conditions that the keys of each index can answer. */
function filterOf({ sellerId, category, minPrice = 0, maxPrice = Infinity }: Search): FilterQuery<unknown> {
  return {
    ...(sellerId === undefined ? onSale() : ownedBy(sellerId)),
    category: category ?? { $in: ticketCategorySchema.options },
    price: { $gte: minPrice, $lte: maxPrice },
  };
}

const onSale = () => ({ listedFor: 'everyone', sellableUntil: { $gt: new Date() } });
const ownedBy = (userId: string) => ({ userId, listedFor: { $in: ['everyone', 'seller'] } });

/** `$text` finds tickets that have any of its words: it is given the one that is likely to be the rarest. */
function longest(words: readonly string[]): string {
  return words.reduce((best, word) => (word.length > best.length ? word : best), '');
}
