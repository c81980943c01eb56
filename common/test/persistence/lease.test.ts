import mongoose from 'mongoose';
import { Lease } from '../../src/persistence';
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
