import { Agent, request } from 'node:http';

export interface Question {
  readonly method?: 'GET' | 'POST';
  readonly cookie?: string;
  readonly body?: object;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Until the whole answer was there. */
  readonly milliseconds: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

/** One request over a connection that is kept. @throws Error when there is no answer */
export function ask(url: string, { method = 'GET', cookie, body }: Question = {}): Promise<Answer> {
  const payload = body && JSON.stringify(body);
  const headers = {
    ...(cookie && { cookie }),
    ...(payload && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
  };
  const begin = performance.now();
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const milliseconds = performance.now() - begin;
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString(), milliseconds });
      });
    });
    asked.on('error', reject).end(payload);
  });
}

/** The same, where any other status is the end of the benchmark: what is not done can't be measured. */
export async function insist(status: number, url: string, question?: Question): Promise<Answer> {
  const answer = await ask(url, question);
  if (answer.status === status) return answer;
  throw new Error(`${question?.method ?? 'GET'} ${url} was answered ${answer.status}, not ${status}: ${answer.text}`);
}

export function bodyOf<T>({ text }: Answer): T {
  return JSON.parse(text) as T;
}

/** How long each of so many requests took, one after the other. */
export async function timesOf(count: number, send: (index: number) => Promise<Answer>): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) times.push((await send(index)).milliseconds);
  return times;
}
