import { randomUUID } from 'node:crypto';
import { inMilliseconds, median, percentile, ratioFigure, rounded, type Figure } from '../figure';
import { ask, insist, timesOf } from '../load/ask';
import { inTurns } from '../load/rounds';
import { Reference } from '../rig/reference';
import type { Rig } from '../rig/rig';
import type { Row } from './row';

const MOST_RATIO = 1.1;
const AT_ONCE = 8;

/** One after the other, beside the hash alone; and some at once, to show how they queue. */
export const signIns: Row = {
  name: 'sign-in',
  async measure(rig) {
    const account = { email: `${randomUUID()}@example.com`, password: 'a password of some length' };
    const url = `${rig.url('auth')}/api/users`;
    await insist(201, `${url}/signup`, { method: 'POST', body: account });
    const signIn = () => insist(200, `${url}/signin`, { method: 'POST', body: account });
    const reference = await Reference.start('bare-scrypt', { cost: await costOf(rig, account.email) });
    try {
      const { signIns: count, rounds } = rig.sizes;
      const subject = async () => median(await timesOf(count, signIn));
      const alone = async () => {
        const times: number[] = [];
        for (let done = 0; done < count; done += 1) times.push(Number((await ask(reference.url)).text));
        return median(times);
      };
      const compared = await inTurns(rounds, subject, alone);
      const figure = ratioFigure({ row: 'sign-in', what: 'sign-in', most: MOST_RATIO, show: inMilliseconds }, compared);
      return [await withQueue(figure, async () => (await signIn()).milliseconds)];
    } finally {
      await reference.stop();
    }
  },
};

async function withQueue(figure: Figure, signIn: () => Promise<number>): Promise<Figure> {
  const times = await Promise.all(Array.from({ length: AT_ONCE }, signIn));
  const queued = { first: Math.min(...times), last: percentile(times, 100) };
  return {
    ...figure,
    measured: `${figure.measured}; of ${AT_ONCE} at once the first after ${inMilliseconds(queued.first)}, the last after ${inMilliseconds(queued.last)}`,
    values: { ...figure.values, first: rounded(queued.first), last: rounded(queued.last) },
  };
}

/** What the service's own hashes cost, as each of them says. */
async function costOf(rig: Rig, email: string) {
  const user = await rig.collection('auth', 'users').findOne<{ passwordHash: string }>({ email });
  const [, N, r, p] = (user?.passwordHash ?? '').split('$').map(Number);
  return { N, r, p };
}
