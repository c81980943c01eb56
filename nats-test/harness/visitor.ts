import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { ApiDocument } from '@ticketing/common';
import { answerCheck, signIn } from '@ticketing/common/testing';
import { inClone } from '@ticketing/local';

export interface Answer {
  /** 0 when the connection broke off. */
  readonly status: number;
  readonly body: unknown;
  /** Seconds after which to ask again, where the answer says it. */
  readonly retryAfter?: number;
}

const PASSWORD = 'correct horse battery staple';
const PAUSE_MILLISECONDS = 100;
const PATIENCE_MILLISECONDS = 60_000;
/** A 500 is none of them: it is a fault of ours, and asking again would hide it. */
const NOT_YET_NOT_NOW = [0, 404, 503];

/** Holds every answer of every play to the document of the API. */
const check = answerCheck(JSON.parse(readFileSync(inClone('docs/api/openapi.json'), 'utf8')) as ApiDocument);

/** A person with a browser: keeps the session, and asks again where a page of ours would. */
export class Visitor {
  private cookie = '';

  private account = newAccount();

  private constructor(private readonly url: string) {}

  static async signUp(url: string): Promise<Visitor> {
    const visitor = new Visitor(url);
    await insist(() => visitor.signUp(), [201]);
    return visitor;
  }

  /** Somebody who is signed in, at all services but auth, without an account. */
  static withSession(url: string): Visitor {
    const visitor = new Visitor(url);
    visitor.cookie = signIn();
    return visitor;
  }

  /** The cookie that signs in, as `name=value`; empty for who is not. */
  get session(): string {
    return this.cookie;
  }

  /** Somebody who has not signed in. */
  static stranger(url: string): Visitor {
    return new Visitor(url);
  }

  /** With a new address each time: the one before may have been taken, and its answer lost. */
  signUp(): Promise<Answer> {
    this.account = newAccount();
    return this.post('/api/users/signup', this.account);
  }

  signIn(): Promise<Answer> {
    return this.post('/api/users/signin', this.account);
  }

  get(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  post(path: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('POST', path, body, headers);
  }

  put(path: string, body: object): Promise<Answer> {
    return this.send('PUT', path, body);
  }

  delete(path: string): Promise<Answer> {
    return this.send('DELETE', path);
  }

  private async send(
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await this.ask(method, path, body, headers);
    if (!response) return { status: 0, body: undefined };
    const { status, text } = response;
    const complaints = check({ method, path, status, headers: Object.fromEntries(response.headers), body: text });
    if (complaints.length > 0) throw new Error(`not as docs/api/openapi.json says:\n${complaints.join('\n')}`);
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
    if (cookies.length > 0) this.cookie = cookies.join('; ');
    const retryAfter = response.headers.get('retry-after');
    return {
      status,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
      ...(retryAfter !== null && { retryAfter: Number(retryAfter) }),
    };
  }

  /** @returns undefined when the connection broke off */
  private async ask(method: string, path: string, body: object | undefined, headers: Record<string, string>) {
    try {
      const response = await fetch(this.url + path, {
        method,
        headers: { cookie: this.cookie, ...(body && { 'content-type': 'application/json' }), ...headers },
        ...(body && { body: JSON.stringify(body) }),
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    } catch {
      return undefined;
    }
  }
}

/**
 * Asks until the answer has one of the wanted statuses, as long as the others say: not yet, not now.
 * @param passing codes of errors that will pass, besides those that always do
 * @throws Error for any other answer, and when it takes too long
 */
export async function insist(
  ask: () => Promise<Answer>,
  wanted: readonly number[],
  passing: readonly string[] = [],
): Promise<Answer> {
  const end = Date.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const answer = await ask();
    if (wanted.includes(answer.status)) return answer;
    if (!willPass(answer, passing) || Date.now() > end) {
      throw new Error(`wanted ${wanted.join(' or ')}, got ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    await delay(PAUSE_MILLISECONDS);
  }
}

export function codeOf({ body }: Answer): string | undefined {
  return (body as { errors?: { code: string }[] } | undefined)?.errors?.[0]?.code;
}

function newAccount() {
  return { email: `${randomUUID()}@example.com`, password: PASSWORD };
}

function willPass(answer: Answer, passing: readonly string[]): boolean {
  const codes = ['payment_in_progress', 'conflict', ...passing];
  return NOT_YET_NOT_NOW.includes(answer.status) || codes.includes(codeOf(answer) ?? '');
}
