import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

/** A request as it goes over the line. */
export interface Request {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  /** 0 when none came; the body says why. */
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Longer than any part of a healthy system may take on a machine that has other things to do. */
const DEADLINE_MILLISECONDS = 45_000;
const PATIENCE_MILLISECONDS = 60_000;
const PAUSE_MILLISECONDS = 100;

const agent = new Agent({ keepAlive: true });

/** Sends what `fetch` would refuse to send, or would put right. */
export async function send(
  url: string,
  { method, path, headers, body }: Request,
  deadline = DEADLINE_MILLISECONDS,
): Promise<Answer> {
  try {
    const signal = AbortSignal.timeout(deadline);
    const { hostname, port } = new URL(url);
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const outgoing = httpRequest({ hostname, port, method, path, headers: { ...headers, ...length }, agent, signal });
    return await new Promise((resolve, reject) => {
      outgoing.once('error', reject);
      outgoing.once('response', (answer) => {
        const { statusCode: status = 0, headers } = answer;
        text(answer).then((body) => resolve({ status, headers, body }), reject);
      });
      outgoing.end(body);
    });
  } catch (error) {
    return { status: 0, headers: {}, body: String(error) };
  }
}

/** Asks again what is answered by 503, as that says; once one has stayed, no other is waited for. */
export class Patience {
  private isOver = false;

  constructor(private readonly milliseconds = PATIENCE_MILLISECONDS) {}

  /** @returns all answers, of which the last one stays */
  async send(url: string, request: Request): Promise<Answer[]> {
    const end = Date.now() + this.milliseconds;
    const answers: Answer[] = [];
    for (;;) {
      const answer = await send(url, request);
      answers.push(answer);
      if (answer.status !== 503) return answers;
      this.isOver ||= Date.now() > end;
      if (this.isOver) return answers;
      await delay(PAUSE_MILLISECONDS);
    }
  }
}
