import { randomBytes, scrypt, timingSafeEqual, type BinaryLike, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import { ServiceUnavailableError } from '@ticketing/common';
import pLimit from 'p-limit';

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

interface Hash {
  readonly cost: Cost;
  readonly salt: Buffer;
  readonly key: Buffer;
}

/** The least that OWASP recommends, in its form that takes 16 MiB a hash and not 128: a pod has 256. */
const COST: Cost = { N: 2 ** 14, r: 8, p: 5 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;
/** Matches no password. */
const NOBODYS = format({ cost: COST, salt: Buffer.alloc(SALT_BYTES), key: Buffer.alloc(KEY_BYTES) });

/** A hash keeps a core busy for a sixth of a second, and requests for other things want to be answered meanwhile. */
const AT_ONCE = 2;
/** Whoever comes after these would wait for more than two seconds. */
const WAITING = 24;
const RETRY_SECONDS = 3;
export const overloaded = 'Too many people sign in at this moment';
const limit = pLimit(AT_ONCE);
const scryptAsync = promisify<BinaryLike, BinaryLike, number, ScryptOptions, Buffer>(scrypt);

/** What is kept of a password: cost, salt and key, so that the cost can be raised and old hashes still be read. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return format({ cost: COST, salt, key: await derive(password, COST, salt) });
}

/** Whether this is the password that was hashed. Without a hash it is not, which takes just as long to find out. */
export async function isPassword(password: string, hash: string = NOBODYS): Promise<boolean> {
  const { cost, salt, key } = parse(hash);
  return timingSafeEqual(key, await derive(password, cost, salt));
}

/** Whether the hash was made at another cost than is due today. */
export function isOutdated(hash: string): boolean {
  const { cost } = parse(hash);
  return cost.N !== COST.N || cost.r !== COST.r || cost.p !== COST.p;
}

/** @throws ServiceUnavailableError `overloaded` when too many wait already */
function derive(password: string, cost: Cost, salt: Buffer): Promise<Buffer> {
  if (limit.pendingCount >= WAITING) {
    throw new ServiceUnavailableError('overloaded', overloaded, RETRY_SECONDS);
  }
  // Keyboards write the same letters in more than one way.
  const text = password.normalize('NFKC');
  return limit(() => scryptAsync(text, salt, KEY_BYTES, cost));
}

function format({ cost: { N, r, p }, salt, key }: Hash): string {
  return ['scrypt', N, r, p, salt.toString('base64'), key.toString('base64')].join('$');
}

function parse(hash: string): Hash {
  const [, N, r, p, salt = '', key = ''] = hash.split('$');
  return {
    cost: { N: Number(N), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64'),
    key: Buffer.from(key, 'base64'),
  };
}
