import mongoose from 'mongoose';
import { applyIfNewer, isDuplicateKey } from '../../src';
import { newId, testService } from '../../src/testing';
import { Replica, seats } from '../fixtures/seat';

testService(seats);

const versionOf = async (id: string) => (await Replica.findById(id).lean())?.version;

test('a newer state replaces an older one, and an older or equal one changes nothing', async () => {
  const id = newId();
  expect(await applyIfNewer(Replica, id, 3, { status: 'created' })).toBe(true);
  expect(await applyIfNewer(Replica, id, 2, { status: 'older' })).toBe(false);
  expect(await applyIfNewer(Replica, id, 3, { status: 'same' })).toBe(false);
  expect(await Replica.findById(id)).toMatchObject({ status: 'created', version: 3 });
  expect(await applyIfNewer(Replica, id, 9, { status: 'complete' })).toBe(true);
  expect(await versionOf(id)).toBe(9);
});

test('a field that the newer state lacks is removed; one that it does not speak of stays', async () => {
  const id = newId();
  await applyIfNewer(Replica, id, 0, { status: 'created', paymentId: 'p' });
  await applyIfNewer(Replica, id, 1, { status: 'cancelled' });
  expect((await Replica.findById(id).lean())?.paymentId).toBe('p');
  await applyIfNewer(Replica, id, 2, { paymentId: undefined });
  expect(await Replica.findById(id).lean()).toEqual({ _id: id, version: 2, status: 'cancelled' });
});

test('many handlers insert one replica at once: the newest state stands, in every round', async () => {
  for (let round = 0; round < 40; round += 1) {
    const id = newId();
    await Promise.all([0, 1, 2, 3].map((version) => applyIfNewer(Replica, id, version, { status: `v${version}` })));
    expect(await Replica.findById(id).lean()).toMatchObject({ version: 3, status: 'v3' });
  }
});

test('a handler that takes the first duplicate-key error for an old event loses the newest state (negative control)', async () => {
  const skipAtOnce = async (id: string, version: number) => {
    const older = { _id: id, version: { $lt: version } };
    try {
      await Replica.updateOne(older, { $set: { version } }, { upsert: true });
    } catch (error) {
      if (!isDuplicateKey(error, '_id')) throw error;
    }
  };
  let lost = 0;
  for (let round = 0; round < 400 && lost === 0; round += 1) {
    const id = newId();
    await Promise.all([0, 1, 2, 3, 4, 5].map((version) => skipAtOnce(id, version)));
    if ((await versionOf(id)) !== 5) lost += 1;
  }
  expect(lost).toBeGreaterThan(0);
});

test('a duplicate key of another index is an error, not an old event', async () => {
  await Replica.collection.createIndex({ status: 1 }, { unique: true });
  try {
    await applyIfNewer(Replica, newId(), 0, { status: 'taken' });
    await expect(applyIfNewer(Replica, newId(), 0, { status: 'taken' })).rejects.toBeInstanceOf(
      mongoose.mongo.MongoServerError,
    );
  } finally {
    await Replica.collection.dropIndex('status_1');
  }
});
