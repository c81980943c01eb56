import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

export interface Answer {
  /** 0 when the connection broke off. */
  readonly status: number;
  readonly body: unknown;
}

const PASSWORD = 'correct horse battery staple';
const PAUSE_MILLISECONDS = 100;

/** A person with a browser: keeps the session, and asks again where a page of ours would. */
export class Visitor {
  private cookie = '';
  id = '';

  private constructor(private readonly url: string) {}

  static async signUp(url: string, email = `${randomUUID()}@example.com`): Promise<Visitor> {
    const visitor = new Visitor(url);
    const answer = await visitor.send('POST', '/api/users/signup', { email, password: PASSWORD });
    if (answer.status !== 201) throw new Error(`sign-up: ${describe(answer)}`);
    visitor.id = (answer.body as { id: string }).id;
    return visitor;
  }

  /** Somebody who has not signed in. */
  static stranger(url: string): Visitor {
    return new Visitor(url);
  }

  get(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  post(path: string, body: object): Promise<Answer> {
    return this.send('POST', path, body);
  }

  put(path: string, body: object): Promise<Answer> {
    return this.send('PUT', path, body);
  }

  delete(path: string): Promise<Answer> {
    return this.send('DELETE', path);
  }

  private async send(method: string, path: string, body?: object): Promise<Answer> {
    try {
      const response = await fetch(this.url + path, {
        method,
        headers: { cookie: this.cookie, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      });
      const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
      if (cookies.length > 0) this.cookie = cookies.join('; ');
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
    } catch {
      return { status: 0, body: undefined };
    }
  }
}

/**
 * Asks until the answer has one of the wanted statuses, as long as the others say: not yet, not now.
 * @throws Error for any other answer, and after `limit` milliseconds
 */
export async function insist(ask: () => Promise<Answer>, wanted: readonly number[], limit = 45_000): Promise<Answer> {
  const end = Date.now() + limit;
  for (;;) {
    const answer = await ask();
    if (wanted.includes(answer.status)) return answer;
    if (!isTemporary(answer) || Date.now() > end) throw new Error(`wanted ${wanted.join(' or ')}: ${describe(answer)}`);
    await delay(PAUSE_MILLISECONDS);
  }
}

export function codeOf({ body }: Answer): string | undefined {
  return (body as { errors?: { code: string }[] } | undefined)?.errors?.[0]?.code;
}

function isTemporary(answer: Answer): boolean {
  const isBusy = answer.status === 409 && ['payment_in_progress', 'conflict'].includes(codeOf(answer) ?? '');
  return answer.status === 0 || answer.status === 404 || answer.status >= 500 || isBusy;
}

function describe({ status, body }: Answer): string {
  return `${status} ${JSON.stringify(body)}`;
}
