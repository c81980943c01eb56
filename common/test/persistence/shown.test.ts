import { shownOf } from '../../src';
import { testService } from '../../src/testing';
import { newSeat, Seat, seats } from '../fixtures/seat';

testService(seats);

const asJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as object;

test('a stored document shows the same JSON as a document of mongoose', async () => {
  const seat = await newSeat();
  const stored = await Seat.findById(seat.id).lean().orFail();
  expect(stored).toMatchObject({ secret: 'hush', outbox: expect.anything() });
  expect(asJson(shownOf(Seat, stored))).toEqual(asJson(await Seat.findById(seat.id)));
});

test('a field that nobody declared is not shown', async () => {
  const { _id } = await newSeat();
  await Seat.collection.updateOne({ _id }, { $set: { undeclared: 'by hand' } });
  const stored = await Seat.findById(_id).lean().orFail();
  expect(stored).toHaveProperty('undeclared');
  expect(shownOf(Seat, stored)).not.toHaveProperty('undeclared');
});
