import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '../fault';

const NOT_YET_MILLISECONDS = [100, 200, 400, 800, 1600, 3200];

/** Somebody who uses the shop as a browser does, with a session. */
export class Visitor {
  private cookie = '';

  constructor(private readonly shop: string) {}

  /** Signs in, and up before when the shop does not know the address. */
  async enter(email: string, password: string): Promise<void> {
    const signUp = await this.send('POST', '/api/users/signup', { email, password });
    if (signUp.status === 201) return;
    const signIn = await this.send('POST', '/api/users/signin', { email, password });
    if (!signIn.ok) throw new Fault(`${email} can't sign in: was its password changed? (${await errorOf(signIn)})`);
  }

  async get<T>(path: string): Promise<T> {
    return this.expect<T>('GET', path);
  }

  async post<T>(path: string, body: object): Promise<T> {
    return this.expect<T>('POST', path, body);
  }

  /** The services learn of each other's news by events: what was made a moment ago may not be known yet. */
  private async expect<T>(method: string, path: string, body?: object): Promise<T> {
    for (const pause of NOT_YET_MILLISECONDS) {
      const response = await this.send(method, path, body);
      if (response.ok) return (await response.json()) as T;
      if (response.status !== 404) throw new Fault(`${method} ${path} answers ${await errorOf(response)}`);
      await sleep(pause);
    }
    throw new Fault(`${method} ${path} still answers 404`);
  }

  private async send(method: string, path: string, body?: object): Promise<Response> {
    const headers = { cookie: this.cookie, ...(body && { 'content-type': 'application/json' }) };
    const response = await fetch(this.shop + path, { method, headers, body: body && JSON.stringify(body) });
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
    if (cookies.length > 0) this.cookie = cookies.join('; ');
    return response;
  }
}

async function errorOf(response: Response): Promise<string> {
  return `${response.status}: ${await response.text()}`;
}
