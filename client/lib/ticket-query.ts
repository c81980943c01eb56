import type { ParsedUrlQuery } from 'node:querystring';
import type { ListTicketsQuery } from '../api/types';
import { texts } from '../texts';

/** What the list of tickets can be asked for; the same names stand in the page's address and in the API's. */
const names = ['q', 'category', 'minPrice', 'maxPrice', 'sort'] as const satisfies (keyof ListTicketsQuery)[];

export type TicketQuery = Pick<ListTicketsQuery, (typeof names)[number]>;

/**
 * Reads the page's address. A form sends its empty fields too; they ask for nothing. A value that there is not is left
 * to the service to refuse, which says what is wrong with it.
 */
export function readTicketQuery(address: ParsedUrlQuery): TicketQuery {
  const query: Partial<Record<keyof TicketQuery, string>> = {};
  for (const name of names) {
    const value = firstValue(address[name])?.trim();
    if (value) query[name] = value;
  }
  return query as TicketQuery;
}

/** What is wrong with the query as a whole, by field: the service looks at each value for itself. */
export function queryFaults({ minPrice, maxPrice }: TicketQuery): Record<string, string> {
  return Number(minPrice) > Number(maxPrice) ? { maxPrice: texts.filter.limitsCrossed } : {};
}

export function firstValue(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** The address of the list for a query: `/?q=jazz&sort=price`. */
export function listPath(query: TicketQuery, cursor?: string | null): string {
  const search = new URLSearchParams(cursor ? { ...query, cursor } : query).toString();
  return search === '' ? '/' : `/?${search}`;
}

/** Sorting alone leaves nothing out, so an empty list is not its doing. */
export function isNarrowed(query: TicketQuery): boolean {
  return Object.keys(query).some((name) => name !== 'sort');
}
