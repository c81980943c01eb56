import { createEvent } from '../../src';
import { ParkedEvent } from '../../src/messaging';
import { buildEvent, newId, testService, waitFor } from '../../src/testing';
import { behaviour, Replica, seats } from '../fixtures/seat';

const service = testService(seats, {}, { ackWaitMs: 200 });

afterEach(() => {
  behaviour.onCreated = () => Promise.resolve();
});

const failWith = (message: string) => {
  behaviour.onCreated = () => Promise.reject(new Error(message));
};

describe('a listener that throws', () => {
  test('its event is parked with the reason and acknowledged: the next one is handled', async () => {
    const [bad, good] = [buildEvent('order:created'), buildEvent('order:created')];
    behaviour.onCreated = ({ id }) => (id === bad.id ? Promise.reject(new Error('no such luck')) : Promise.resolve());
    await service.deliver(bad, good);
    expect(await Replica.findById(good.data.id)).toMatchObject({ status: 'created' });
    expect(await service.parked()).toMatchObject([
      { _id: bad.id, subject: 'order:created', status: 'waiting', attempts: 1, error: 'Error: no such luck' },
    ]);
  });

  test('a parked event is handled by a later try and is gone', async () => {
    const event = buildEvent('order:created');
    failWith('not yet');
    await service.deliver(event);
    behaviour.onCreated = () => Promise.resolve();
    await service.retryParked();
    expect(await Replica.findById(event.data.id)).toMatchObject({ version: 0 });
    expect(await service.parked()).toEqual([]);
  });

  test('asked to try while it is being tried, the service finishes first, and does not do it twice', async () => {
    const event = buildEvent('order:created');
    failWith('not yet');
    await service.deliver(event);
    let tries = 0;
    let finish: () => void = () => undefined;
    behaviour.onCreated = () => {
      tries += 1;
      return new Promise((resolve) => (finish = resolve));
    };
    const first = service.retryParked();
    await waitFor(() => tries === 1, 'the event to be tried');
    const second = service.retryParked();
    await waitFor(async () => (await service.parked()).every(({ nextAt }) => nextAt.getTime() === 0), 'it to be due');
    finish();
    await Promise.all([first, second]);
    expect([tries, await service.parked()]).toEqual([1, []]);
  });

  test('delivered again while it is parked, it is parked once', async () => {
    const event = buildEvent('order:created');
    failWith('no');
    await service.deliver(event, event, event);
    expect(await service.parked()).toHaveLength(1);
  });

  test('dropped while it is tried in vain, it stays dropped, and the others have their turn', async () => {
    const [dropped, other] = [buildEvent('order:created'), buildEvent('order:created')];
    failWith('no');
    await service.deliver(dropped);
    await service.deliver(other);
    behaviour.onCreated = async ({ id }) => {
      if (id !== dropped.id) return;
      await ParkedEvent.deleteOne({ _id: id });
      throw new Error('still not');
    };
    await service.retryParked();
    expect(await service.parked()).toEqual([]);
    expect(await Replica.findById(other.data.id)).not.toBeNull();
  });

  test('after the tenth try it is dead, and no longer tried', async () => {
    const event = buildEvent('order:created');
    failWith('never');
    await service.deliver(event);
    for (let attempt = 2; attempt <= 10; attempt += 1) await service.retryParked();
    expect(await service.parked()).toMatchObject([{ _id: event.id, status: 'dead', attempts: 10 }]);
    behaviour.onCreated = () => Promise.resolve();
    await service.retryParked();
    expect(await Replica.findById(event.data.id)).toBeNull();
  });

  test('with even the parking lot closed nothing is acknowledged: the broker delivers again', async () => {
    const event = buildEvent('order:created');
    failWith('no');
    const store = jest.spyOn(ParkedEvent, 'updateOne').mockImplementationOnce(() => {
      behaviour.onCreated = () => Promise.resolve();
      throw new Error('database away');
    });
    await service.deliver(event);
    expect(store).toHaveBeenCalledTimes(1);
    store.mockRestore();
    expect(await Replica.findById(event.data.id)).toMatchObject({ status: 'created' });
  });
});

describe('a message that is no event', () => {
  const messages: [string, string, RegExp][] = [
    ['invalid JSON', '{"id":', /not JSON/],
    ['JSON that is no envelope', '[]', /not a CloudEvents envelope/],
    [
      'another type',
      JSON.stringify(buildEvent('ticket:deleted')),
      /type "ticket:deleted" on the subject "order:created"/,
    ],
    [
      'data off its schema',
      JSON.stringify({ ...buildEvent('order:created'), data: { id: newId() } }),
      /data of order:created: status:/,
    ],
  ];

  test.each(messages)(
    '%s is dead at once with its reason, and what follows is handled',
    async (_what, payload, reason) => {
      const good = buildEvent('order:created');
      await service.bus.publish('order:created', payload);
      await service.deliver(good);
      const [dead] = await service.parked();
      expect(dead).toMatchObject({ status: 'dead', payload });
      expect(dead!.error).toMatch(reason);
      expect(await Replica.findById(good.data.id)).not.toBeNull();
    },
  );

  test('one without an id is filed under its place in the channel', async () => {
    await service.bus.publish('order:created', 'nonsense');
    await service.deliver();
    expect((await service.parked())[0]!._id).toMatch(/^order:created\/\d+$/);
  });

  test('fields that the schema does not know pass: events change by adding', async () => {
    const event = buildEvent('order:created');
    await service.bus.publish(
      'order:created',
      JSON.stringify({ ...event, later: 1, data: { ...event.data, more: true } }),
    );
    await service.deliver();
    expect(await Replica.findById(event.data.id)).not.toBeNull();
    expect(await service.parked()).toEqual([]);
  });
});

test('a handler that would say a wrong event fails like any other: its own event is kept and tried again', async () => {
  const event = buildEvent('order:created');
  behaviour.onCreated = () => {
    createEvent({ type: 'ticket:deleted', source: '/seats', subject: 'x', data: { id: 'no id', version: -1 } });
    return Promise.resolve();
  };
  await service.deliver(event);
  expect(await service.parked()).toMatchObject([
    { _id: event.id, status: 'waiting', error: expect.stringMatching(/^WrongEventError: data of ticket:deleted: id/) },
  ]);
});
