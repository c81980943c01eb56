import { thisMachine } from '../config';
import { Child } from '../processes/child';
import { locateStripeMock } from '../servers/stripe-mock';

export interface StripeMock {
  readonly address: string;
  stop(): Promise<void>;
}

const STOP_MILLISECONDS = 1000;

/** Starts Stripe's own mock, which refuses requests that Stripe's description of its interface does not know. */
export async function startStripeMock(): Promise<StripeMock> {
  const { path } = await locateStripeMock(thisMachine());
  return new Promise((resolve, reject) => {
    const args = ['-http-addr', '127.0.0.1:0'];
    const mock = new Child({
      command: path,
      args,
      output: (line) => {
        const heard = /Listening for HTTP at address: (\S+)/.exec(line)?.[1];
        if (heard) resolve({ address: `http://${heard}`, stop: () => mock.stop(STOP_MILLISECONDS) });
      },
    });
    void mock.ended.then((ending) => reject(new Error(`stripe-mock ended: ${ending}`)));
  });
}
