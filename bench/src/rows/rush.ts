import { newId, signIn } from '@ticketing/common/testing';
import { inSeconds, percentile, rounded } from '../figure';
import { ask } from '../load/ask';
import { warmUp } from '../load/place-orders';
import type { Row } from './row';

const MOST_MILLISECONDS = 5000;

/** Everybody wants the same ticket at the same moment, each over a connection of their own. */
export const rush: Row = {
  name: 'rush',
  async measure(rig) {
    const { buyersOfOne } = rig.sizes;
    await warmUp(rig);
    await rig.stock.renew(1);
    const body = { ticketId: rig.stock.take() };
    const cookies = Array.from({ length: buyersOfOne }, () => signIn(newId()));
    const url = `${rig.url('orders')}/api/orders`;
    const begin = performance.now();
    const answers = await Promise.all(cookies.map((cookie) => ask(url, { method: 'POST', cookie, body })));
    const milliseconds = performance.now() - begin;
    const having = (status: number) => answers.filter((answer) => answer.status === status).length;
    const times = answers.map((answer) => answer.milliseconds);
    await rig.quiet();
    return [
      {
        row: 'rush',
        what: `${buyersOfOne.toLocaleString('en')} buyers, one ticket`,
        measured: `${having(201)} × 201, ${having(409)} × 409, all answered in ${inSeconds(milliseconds)}`,
        bound: `one 201, all answered ≤ ${inSeconds(MOST_MILLISECONDS)}`,
        holds: having(201) === 1 && having(409) === buyersOfOne - 1 && milliseconds <= MOST_MILLISECONDS,
        values: { milliseconds: rounded(milliseconds), p50: rounded(percentile(times, 50)) },
      },
    ];
  },
};
