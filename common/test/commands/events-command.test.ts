import { eventsCommand, type EventOf } from '../../src';
import { buildEvent, testService, waitFor } from '../../src/testing';
import { behaviour, newSeat, rename, Replica, Seat, seats } from '../fixtures/seat';

const service = testService(seats);
const run = (...words: string[]) => eventsCommand(seats, words);

async function park(): Promise<EventOf<'order:created'>> {
  const event = buildEvent('order:created');
  behaviour.onCreated = () => Promise.reject(new Error('the cause'));
  await service.deliver(event);
  behaviour.onCreated = () => Promise.resolve();
  return event;
}

test('list says that there is nothing, or each event with its reason', async () => {
  expect(await run('list')).toBe('Nothing is parked and nothing is dead.');
  const event = await park();
  expect(await run('list')).toMatch(
    new RegExp(`^${event.id} {2}order:created {2}next try .* 1 attempt\\(s\\) {2}Error: the cause$`),
  );
});

test('show prints one event whole', async () => {
  const event = await park();
  expect(JSON.parse(await run('show', event.id))).toMatchObject({ _id: event.id, payload: JSON.stringify(event) });
});

test('retry makes a dead event due at once, and the service handles it', async () => {
  await service.bus.publish('order:created', 'never an event');
  await service.deliver();
  const event = await park();
  expect(await run('retry', event.id)).toBe('1 event(s) will be tried again at once.');
  await waitFor(() => Replica.findById(event.data.id), 'the retried event');
});

test('drop forgets one event; --all only the dead ones', async () => {
  const event = await park();
  await service.bus.publish('order:created', 'never an event');
  await service.deliver();
  expect(await run('drop', '--all')).toBe('1 event(s) dropped.');
  expect((await service.parked()).map(({ _id }) => _id)).toEqual([event.id]);
  expect(await run('drop', event.id)).toBe('1 event(s) dropped.');
  expect(await service.parked()).toEqual([]);
});

test('republish announces the present state under the present version and a new event id', async () => {
  const seat = await newSeat();
  await rename(seat.id as string, 'Row 2');
  const before = await service.published('ticket:updated');
  expect(await run('republish')).toBe('1 state(s) of seats will be announced again.');
  const again = await waitFor(async () => (await service.published('ticket:updated'))[1], 'the second announcement');
  expect(again.data).toEqual(before[0]!.data);
  expect(again.id).not.toBe(before[0]!.id);
  expect((await Seat.findById(seat.id).orFail()).version).toBe(1);
});

test('bump raises every version, so that what follows is newer than what consumers saw before', async () => {
  const seat = await newSeat();
  expect(await run('bump')).toMatch(/^1 version\(s\) of seats raised by 1000000/);
  await rename(seat.id as string, 'Row 2');
  expect((await service.published('ticket:updated'))[0]!.data.version).toBe(1_000_001);
});

test.each([
  [[]],
  [['nonsense']],
  [['show']],
  [['retry']],
  [['list', 'a']],
  [['republish', 'a']],
  [['bump', 'a']],
  [['drop', 'a', 'b']],
])('wrong words %j are answered with the usage', async (words) => {
  await expect(run(...words)).rejects.toThrow(/^usage: events/);
});

test('an id that is not there is named', async () => {
  await expect(run('show', 'nobody')).rejects.toThrow('no parked or dead event has the id "nobody"');
});
