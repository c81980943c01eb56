import type { Operation } from './document';
import type { Answer } from './send';

interface Known {
  readonly value: string;
  readonly owner?: string;
}

/** Which of the known values is wanted. */
export interface Choice {
  /** One of the asker's own, or one of somebody else. */
  readonly own: boolean;
  readonly turn: number;
}

const TOKENS = [
  'tok_visa',
  'tok_mastercard',
  'tok_amex',
  'tok_captureRefused',
  'tok_chargeDeclinedInsufficientFunds',
  'tok_threeDSecure2Required',
];
/** Older ones have long been sold or withdrawn. */
const RECENT = 6;
/** Whoever is new has none that is known. */
const OF_ACCOUNTS = ['email', 'password'];

/** What is there by now, so that requests reach further than to "not found". */
export class Memory {
  private readonly known = new Map<string, Known[]>([['token', TOKENS.map((value) => ({ value }))]]);

  remember(kind: string, value: string, owner?: string): void {
    const values = this.known.get(kind) ?? [];
    if (values.some((known) => known.value === value)) return;
    this.known.set(kind, [...values, { value, ...(owner !== undefined && { owner }) }]);
  }

  /** A value for a field of an operation; undefined when none is known. */
  recall({ group }: Operation, field: string, { own, turn }: Choice, asker: string | undefined): string | undefined {
    if (OF_ACCOUNTS.includes(field) && !own) return undefined;
    const values = this.known.get(kindOf(group, field)) ?? [];
    const wanted = values.filter(({ owner }) => owner === undefined || (owner === asker) === own);
    const recent = (wanted.length > 0 ? wanted : values).slice(-RECENT);
    return recent[turn % recent.length]?.value;
  }

  ownerOf(kind: string, value: string): string | undefined {
    return this.known.get(kind)?.find((known) => known.value === value)?.owner;
  }

  learn(operation: Operation | undefined, { status, headers, body }: Answer): void {
    if (!operation || status < 200 || status > 299) return;
    const { group } = operation;
    const cursor = /[?&]cursor=([\w-]+)/.exec(String(headers.link))?.[1];
    if (cursor !== undefined) this.remember(kindOf(group, 'cursor'), cursor);
    if (body === '') return;
    for (const { id, userId } of [JSON.parse(body)].flat() as { id?: string; userId?: string }[]) {
      if (id !== undefined && userId !== undefined) this.remember(group, id, userId);
    }
  }
}

/** `id` in a path of tickets and `ticketId` elsewhere name the same. */
function kindOf(group: string, field: string): string {
  if (field === 'id') return group;
  if (field === 'cursor') return `${group} ${field}`;
  return field.replace(/Id$/, 's');
}
