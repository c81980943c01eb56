import type { Audit, Finding } from '../../src/audit';
import { whatStays } from '../../src/audit';

const finding = (change: Partial<Finding> = {}): Finding => ({
  kind: 'amounts differ',
  orderId: 'o1',
  intents: ['pi_1', 'pi_2'],
  detail: '4000 cents are kept',
  ...change,
});

/** Looks at one state of the books after the other. */
async function lookAt(first: Finding[], ...later: Finding[][]) {
  const looks = later.map((findings): Audit => ({ findings, open: [] }));
  const lookAgain = jest.fn(() => Promise.resolve(looks.shift()!));
  const { findings } = await whatStays({ findings: first, open: [] }, lookAgain, { looks: later.length, pause: 1 });
  return { findings, looks: lookAgain.mock.calls.length };
}

test('what only the last look does not find any more is not wrong', async () => {
  expect(await lookAt([finding()], [finding()], [finding()], [])).toEqual({ findings: [], looks: 3 });
});

test('once nothing is left it looks no more', async () => {
  expect(await lookAt([finding()], [], [finding()])).toEqual({ findings: [], looks: 1 });
});

test('a wrong whose amounts change, and whose intents are read in another order, is the same one', async () => {
  const later = finding({ detail: '8000 cents are kept', intents: ['pi_2', 'pi_1'] });
  expect((await lookAt([finding()], [finding()], [later])).findings).toEqual([later]);
});

test.each([
  ['another order', finding({ orderId: 'o2' })],
  ['another kind', finding({ kind: 'noted otherwise' })],
  ['another intent', finding({ intents: ['pi_1'] })],
])('what came up on the way, of %s, may be on its way itself', async (_what, other) => {
  expect((await lookAt([finding()], [finding(), other])).findings).toEqual([finding()]);
});
