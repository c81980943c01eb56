import type { Params } from './params';
import { invalidRequest, noSuch } from './stripe-fault';

const DEFAULT_LIMIT = 10;
const LARGEST_LIMIT = 100;

interface Row {
  readonly id: string;
  readonly created: number;
}

/** One page of `rows`, which come in the order of creation, newest first as Stripe lists them. */
export function listed<T extends Row>(rows: readonly T[], params: Params, url: string) {
  const limit = readLimit(params);
  const created = params.group('created', ['gt', 'gte', 'lt', 'lte']);
  const found = rows.filter((row) => isWithin(row.created, created)).reverse();
  const rest = found.slice(startOf(found, params.text('starting_after')));
  return { object: 'list', url, has_more: rest.length > limit, data: rest.slice(0, limit) };
}

function readLimit(params: Params): number {
  const limit = params.integer('limit') ?? DEFAULT_LIMIT;
  if (limit >= 1 && limit <= LARGEST_LIMIT) return limit;
  throw invalidRequest(`Limit is between 1 and ${LARGEST_LIMIT}.`, { param: 'limit' });
}

function isWithin(created: number, range: Params): boolean {
  const [after, since, before, until] = ['gt', 'gte', 'lt', 'lte'].map((name) => range.integer(name));
  if (after !== undefined && created <= after) return false;
  if (since !== undefined && created < since) return false;
  if (before !== undefined && created >= before) return false;
  return until === undefined || created <= until;
}

function startOf(rows: readonly Row[], startingAfter: string | undefined): number {
  if (!startingAfter) return 0;
  const index = rows.findIndex((row) => row.id === startingAfter);
  if (index === -1) throw noSuch('object', startingAfter, 'starting_after', 400);
  return index + 1;
}
