import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { send } from './send';

/** Somebody who has signed up. */
export interface Person {
  readonly userId: string;
  readonly email: string;
  readonly password: string;
  /** The cookie of the session. */
  readonly cookie: string;
}

/** Makes out of two true sessions one that is not. */
export type Forgery = (one: string, other: string) => string;

export async function signUp(url: string): Promise<Person> {
  const account = { email: `${randomUUID()}@example.com`, password: randomUUID() };
  const headers = { 'content-type': 'application/json' };
  const request = { method: 'POST', path: '/api/users/signup', headers, body: JSON.stringify(account) };
  const answer = await send(url, request);
  // With a new address: the one before may have been taken, and its answer lost.
  if (answer.status === 503) return signUp(url);
  const [cookie = ''] = answer.headers['set-cookie']?.map((line) => line.replace(/;.*/, '')) ?? [];
  const { id: userId } = JSON.parse(answer.body) as { id: string };
  return { userId, ...account, cookie };
}

export const forgeries: fc.Arbitrary<Forgery> = fc.constantFrom<Forgery>(
  // The claims of one, signed for the other.
  (one, other) => withToken(one, ([head, , signature]) => [head, tokenOf(other)[1], signature]),
  (one) => withToken(one, ([head, claims]) => [head, claims, '']),
  (one) => withToken(one, ([, claims, signature]) => [encode({ alg: 'HS512', typ: 'JWT' }), claims, signature]),
  (one) => withToken(one, ([, claims]) => [encode({ alg: 'none', typ: 'JWT' }), claims, '']),
  (one) => withToken(one, ([, claims]) => [encode({ alg: 'none', typ: 'JWT' }), claims]),
  (one) => one.slice(0, -12),
  () => `session=${encode({ jwt: { $gt: '' } })}`,
  () => `session=${encode({ jwt: ['a.b.c'] })}`,
  () => `session=${encode(null)}`,
  () => `session=${Buffer.from('{"__proto__":{"jwt":"a.b.c"},"isNew":true}').toString('base64')}`,
  () => 'session=%E0%A4%A',
  () => 'session',
  () => `session=${'A'.repeat(4000)}`,
  () => 'session=""; session=; ;;=',
);

function tokenOf(cookie: string): string[] {
  const json = Buffer.from(cookie.replace('session=', ''), 'base64').toString();
  return (JSON.parse(json) as { jwt: string }).jwt.split('.');
}

function withToken(cookie: string, change: (parts: (string | undefined)[]) => (string | undefined)[]): string {
  return `session=${encode({ jwt: change(tokenOf(cookie)).join('.') })}`;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64');
}
