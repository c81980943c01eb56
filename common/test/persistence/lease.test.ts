import mongoose from 'mongoose';
import { log } from '../../src';
import { sweepRuns } from '../../src/http/metrics';
import { Lease } from '../../src/persistence';
import { byOneReplica, Periodic } from '../../src/service/periodic';
import { testService, waitFor } from '../../src/testing';
import { seats } from '../fixtures/seat';

testService(seats);

const leases = () => mongoose.connection.collection<{ _id: string; holder: string; until: Date }>('leases');
const giveToSomebodyElse = (name: string, forMilliseconds: number) =>
  leases().updateOne(
    { _id: name },
    { $set: { holder: 'somebody else', until: new Date(Date.now() + forMilliseconds) } },
  );

test('a lease that nobody has is given, and its holder renews it', async () => {
  const lease = new Lease('fresh', 5000);
  expect(await lease.hold()).toBe(true);
  const first = (await leases().findOne({ _id: 'fresh' }))!.until;
  expect(await lease.hold()).toBe(true);
  expect((await leases().findOne({ _id: 'fresh' }))!.until.getTime()).toBeGreaterThanOrEqual(first.getTime());
});

test('while somebody else has it, it is refused; once theirs has run out, it is given', async () => {
  const lease = new Lease('taken', 5000);
  await lease.hold();
  await giveToSomebodyElse('taken', 60_000);
  expect(await lease.hold()).toBe(false);
  await giveToSomebodyElse('taken', -1);
  expect(await waitFor(() => lease.hold(), 'the lease')).toBe(true);
});

test('many who ask for a new lease at once make one document', async () => {
  await Promise.all(Array.from({ length: 20 }, () => new Lease('crowded', 5000).hold()));
  expect(await leases().countDocuments({ _id: 'crowded' })).toBe(1);
});

test('a sweep that somebody else has the lease of is neither done nor counted', async () => {
  await new Lease('shared', 5000).hold();
  await giveToSomebodyElse('shared', 60_000);
  const run = jest.fn(() => Promise.resolve());
  const sweep = byOneReplica({ name: 'shared', every: 1, run });
  const hasTurn = jest.fn(sweep.hasTurn);
  const periodic = new Periodic({ ...sweep, hasTurn }, log);
  periodic.start();
  await waitFor(() => hasTurn.mock.calls.length >= 3, 'three rounds of somebody else');
  expect(await timesCounted('shared')).toBe(0);
  await giveToSomebodyElse('shared', -1);
  await waitFor(() => run.mock.calls.length > 0, 'a round of our own');
  await periodic.stop();
  expect(await timesCounted('shared')).toBe(run.mock.calls.length);
});

async function timesCounted(sweep: string): Promise<number | undefined> {
  return (await sweepRuns.get()).values.find(({ labels }) => labels.sweep === sweep)?.value;
}
