import { connect } from 'node:net';

const LIMIT_MILLISECONDS = 1000;

/** Whether somebody takes connections at the port, of this machine unless another one is named. */
export function listens(port: number, host?: string): Promise<boolean> {
  return exchange(port, '', () => true, host);
}

/** Says something to the port and judges what comes back first; an empty greeting waits for nothing. */
export function exchange(
  port: number,
  greeting: string,
  judge: (answer: string) => boolean,
  host = '127.0.0.1',
): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: LIMIT_MILLISECONDS });
    const finish = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.on('connect', () => (greeting ? socket.write(greeting) : finish(judge(''))));
    socket.on('data', (data) => finish(judge(data.toString())));
    socket.on('timeout', () => finish(false));
    socket.on('error', () => finish(false));
  });
}

/** Whether a GET is answered by 200 and, if it matters, by a certain text. */
export async function answers(url: string, text = ''): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(LIMIT_MILLISECONDS) });
    return response.ok && (await response.text()).includes(text);
  } catch {
    return false;
  }
}
