import { Batches } from '../src';
import { Deferred } from '../src/deferred';

/** Work that goes on for as long as the test wants. */
function workshop(most?: number) {
  const done: (readonly number[])[] = [];
  const gates: Deferred[] = [];
  const batches = new Batches<number>((items) => {
    done.push(items);
    const gate = new Deferred();
    gates.push(gate);
    return gate.promise;
  }, most);
  return { batches, done, gate: (round: number) => gates[round]! };
}

const turn = () => new Promise(setImmediate);

test('the first is done at once and alone, what comes meanwhile together', async () => {
  const { batches, done, gate } = workshop();
  const all = [1, 2, 3].map((item) => batches.add(item));
  expect(done).toEqual([[1]]);
  gate(0).resolve();
  await all[0];
  await turn();
  expect(done).toEqual([[1], [2, 3]]);
  gate(1).resolve();
  await Promise.all(all);
});

test('no more than the limit in one go, in their order', async () => {
  const { batches, done, gate } = workshop(2);
  const all = [1, 2, 3, 4].map((item) => batches.add(item));
  for (const round of [0, 1]) {
    gate(round).resolve();
    await turn();
  }
  expect(done).toEqual([[1], [2, 3], [4]]);
  gate(2).resolve();
  await Promise.all(all);
});

test('a failure is told to all that were done together, and to nobody else', async () => {
  const { batches, gate } = workshop();
  const all = [1, 2, 3].map((item) => batches.add(item));
  gate(0).resolve();
  await turn();
  const later = batches.add(4);
  gate(1).reject(new Error('no luck'));
  await expect(all[1]).rejects.toThrow('no luck');
  await expect(all[2]).rejects.toThrow('no luck');
  await turn();
  gate(2).resolve();
  await Promise.all([all[0], later]);
});

test('settled: not before everything is done, failures included', async () => {
  const { batches, gate } = workshop();
  void batches.add(1);
  batches.add(2).catch(() => undefined);
  let isSettled = false;
  const settled = batches.settled().then(() => (isSettled = true));
  gate(0).resolve();
  await turn();
  expect(isSettled).toBe(false);
  gate(1).reject(new Error('no luck'));
  await settled;
});
