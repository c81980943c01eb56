import type { mongo } from 'mongoose';
import { OUTBOX_LIMIT, OutboxRelay } from '../../src/messaging';
import { log, type EventOf } from '../../src';
import { testService, waitFor } from '../../src/testing';
import { newSeat, rename, Seat, seats } from '../fixtures/seat';

const service = testService(seats);
const relay = () => new OutboxRelay(service.bus, [Seat], log);

const stored = async (id: string) => (await Seat.findById(id).orFail()).outbox;
/** Makes every waiting entry old enough for the sweep. */
const age = () =>
  Seat.collection.updateMany({ 'outbox.0': { $exists: true } }, { $set: { 'outbox.$[].at': new Date(0) } });

describe('an aggregate and its event', () => {
  test('a save with an announcement stores the event in the same write, stamped with state and version as saved', async () => {
    service.bus.disconnect();
    const seat = await newSeat();
    await rename(seat.id as string, 'Row 2');
    const [created, updated] = (await stored(seat.id as string)).map(
      ({ payload }) => JSON.parse(payload) as EventOf<'ticket:updated'>,
    );
    service.bus.reconnect();

    expect(created).toMatchObject({ type: 'ticket:created', source: '/seats', subject: seat.id as string });
    expect(created!.data).toMatchObject({ id: seat.id as string, title: 'Row 1', version: 0 });
    expect(updated!.data).toMatchObject({ title: 'Row 2', version: 1 });
    expect((await Seat.findById(seat.id).orFail()).version).toBe(1);
  });

  test('what is private stays out of the event and out of the JSON', async () => {
    const seat = await newSeat();
    const [event] = await service.published('ticket:created');
    expect(JSON.stringify(event)).not.toMatch(/hush|outbox|_id|__v/);
    expect(JSON.parse(JSON.stringify(seat))).toEqual(
      expect.not.objectContaining({ secret: expect.anything(), outbox: expect.anything(), _id: expect.anything() }),
    );
  });

  test('a second announcement before the save is refused: one event a save', async () => {
    const seat = await newSeat();
    seat.rename('Row 2');
    expect(() => seat.rename('Row 3')).toThrow(/one event a save/);
  });

  test('two saves of one version: one is refused, and with it its event', async () => {
    const seat = await newSeat();
    const [first, second] = [await Seat.findById(seat.id).orFail(), await Seat.findById(seat.id).orFail()];
    first.rename('A');
    second.rename('B');
    await first.save();
    await expect(second.save()).rejects.toMatchObject({ name: 'VersionError' });
    expect((await service.published('ticket:updated')).map(({ data }) => data.title)).toEqual(['A']);
  });

  test('without the version guard both saves go through at the same version (negative control)', async () => {
    const seat = await newSeat();
    const [first, second] = [await Seat.findById(seat.id).orFail(), await Seat.findById(seat.id).orFail()];
    first.rename('A');
    second.rename('B');
    await first.save();
    await Seat.collection.updateOne({ _id: seat._id }, { $set: { version: second.version } });
    await second.save();
    const versions = (await service.published('ticket:updated')).map(({ data }) => data.version);
    expect(versions).toEqual([1, 1]);
  });

  test('thirty writers of one document: each change takes effect once, under a version of its own', async () => {
    const seat = await newSeat();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 30 }, (_, writer) => rename(seat.id as string, `Row ${writer + 2}`)),
    );
    const succeeded = outcomes.filter(({ status }) => status === 'fulfilled').length;
    const versions = (await service.published('ticket:updated')).map(({ data }) => data.version).sort((a, b) => a - b);
    expect(versions).toEqual(Array.from({ length: succeeded }, (_, index) => index + 1));
  });

  test('a document with a hundred unsent events takes no further change', async () => {
    service.bus.disconnect();
    const seat = await newSeat();
    for (let change = 1; change < OUTBOX_LIMIT; change += 1) await rename(seat.id as string, `Row ${change + 1}`);
    await expect(rename(seat.id as string, 'one too many')).rejects.toMatchObject({
      statusCode: 503,
      code: 'overloaded',
    });
    service.bus.reconnect();
    expect(await stored(seat.id as string)).toHaveLength(OUTBOX_LIMIT);
  });
});

describe('the relay', () => {
  test('an event is sent at once and leaves the outbox, without touching the version', async () => {
    const seat = await newSeat();
    expect(await service.published('ticket:created')).toHaveLength(1);
    const after = await Seat.findById(seat.id).orFail();
    expect(after.outbox).toHaveLength(0);
    expect(after.version).toBe(0);
  });

  test('with the bus away the save succeeds, the event waits, and a sweep sends it later', async () => {
    service.bus.disconnect();
    const seat = await newSeat();
    expect(await stored(seat.id as string)).toHaveLength(1);
    service.bus.reconnect();
    await age();
    await relay().sweep();
    expect(await service.published('ticket:created')).toHaveLength(1);
    expect(await stored(seat.id as string)).toHaveLength(0);
  });

  test('an acknowledgement that got lost leaves the entry: it is sent again under the same id', async () => {
    service.bus.loseNextAcks(1);
    const seat = await newSeat();
    await service.published('ticket:created');
    expect(await stored(seat.id as string)).toHaveLength(1);
    await age();
    await relay().sweep();
    const sent = service.bus.published('ticket:created').filter(({ payload }) => payload.includes(seat.id as string));
    expect(sent.length).toBeGreaterThan(1);
    expect(await service.published('ticket:created')).toHaveLength(1);
    expect(await stored(seat.id as string)).toHaveLength(0);
  });

  test('an entry that could not be taken out after its acknowledgement is sent again, not lost', async () => {
    const pull = jest.spyOn(Seat.collection, 'bulkWrite').mockRejectedValueOnce(new Error('database away'));
    const seat = await newSeat();
    await service.published('ticket:created');
    expect(pull).toHaveBeenCalled();
    expect(await stored(seat.id as string)).toHaveLength(1);
    pull.mockRestore();
    await age();
    await relay().sweep();
    expect(await stored(seat.id as string)).toHaveLength(0);
  });

  test('taking the entry out before the acknowledgement loses the event (negative control)', async () => {
    service.bus.disconnect();
    const seat = await newSeat();
    // What a relay does that trusts its publish: the entry goes, whatever becomes of the message.
    await Seat.collection.updateOne({ _id: seat._id }, { $set: { outbox: [] } });
    service.bus.reconnect();
    await relay().sweep();
    expect(await service.published('ticket:created')).toHaveLength(0);
  });

  test('a save while an entry is taken out revives nothing: the outbox is pushed to, never assigned', async () => {
    service.bus.disconnect();
    const seat = await newSeat();
    service.bus.reconnect();
    const loaded = await Seat.findById(seat.id).orFail();
    await age();
    await relay().sweep();
    loaded.rename('Row 2');
    await loaded.save();
    await service.published('ticket:updated');
    expect((await service.published('ticket:created')).length).toBe(1);
    expect(await stored(seat.id as string)).toHaveLength(0);
  });

  test('two relays at once: every event is sent, none stays', async () => {
    service.bus.disconnect();
    await Promise.all(Array.from({ length: 40 }, (_, row) => newSeat(`Row ${row}`)));
    service.bus.reconnect();
    await age();
    await Promise.all([relay().sweep(), relay().sweep()]);
    const ids = (await service.published('ticket:created')).map(({ subject }) => subject);
    expect(new Set(ids).size).toBe(40);
    expect(await Seat.countDocuments({ 'outbox.0': { $exists: true } })).toBe(0);
  });

  /** While a relay sends an event, the next change of the same document announces another one. */
  async function announceBeforeItIsTakenOut(asIfPulledBy: (pull: object) => object): Promise<string> {
    service.bus.disconnect();
    const { id } = (await newSeat()) as { id: string };
    service.bus.reconnect();
    await age();
    const bulkWrite = Seat.collection.bulkWrite.bind(Seat.collection);
    const pulling = jest.spyOn(Seat.collection, 'bulkWrite').mockImplementationOnce(async (pulls, options) => {
      service.bus.disconnect();
      await rename(id, 'Row 2');
      service.bus.reconnect();
      return bulkWrite(pulls.map(asIfPulledBy) as typeof pulls, options);
    });
    await relay().sweep();
    pulling.mockRestore();
    await age();
    await relay().sweep();
    return id;
  }

  test('an event announced while another one of its document is on the way stays, and is sent', async () => {
    const id = await announceBeforeItIsTakenOut((pull) => pull);
    expect(await service.published('ticket:updated')).toMatchObject([{ subject: id }]);
    expect(await stored(id)).toHaveLength(0);
  });

  test('a relay that empties the outbox, rather than take out what it sent, loses it (negative control)', async () => {
    await announceBeforeItIsTakenOut((pull) => {
      const { updateOne } = pull as { updateOne: { filter: object } };
      return { updateOne: { filter: updateOne.filter, update: { $set: { outbox: [] } } } };
    });
    expect(await service.published('ticket:updated')).toEqual([]);
  });

  test('the sweep finds what waits by the index on its time, however many documents there are', async () => {
    const many: mongo.AnyBulkWriteOperation[] = Array.from({ length: 2000 }, (_, row) => ({
      insertOne: { document: { title: `Row ${row}`, version: 0, outbox: [] } },
    }));
    await Seat.collection.bulkWrite(many);
    const plan = await Seat.collection.find({ 'outbox.at': { $lt: new Date() } }).explain('executionStats');
    const { totalDocsExamined, executionStages } = plan.executionStats as {
      totalDocsExamined: number;
      executionStages: unknown;
    };
    expect(totalDocsExamined).toBe(0);
    expect(JSON.stringify(executionStages)).toContain('outbox.at_1');
  });

  test('nothing waits: a sweep of a quiet service asks once and sends nothing', async () => {
    await relay().sweep();
    await waitFor(() => service.bus.state === 'connected');
    expect(await service.published('ticket:created')).toHaveLength(0);
  });
});

describe('a sweep that can not do its work', () => {
  test('the database refuses to take entries out: each is sent once more by this sweep, which then fails', async () => {
    service.bus.disconnect();
    await Promise.all(Array.from({ length: 250 }, (_, row) => newSeat(`Row ${row}`)));
    service.bus.reconnect();
    await age();
    const pull = jest.spyOn(Seat.collection, 'bulkWrite').mockRejectedValue(new Error('read only'));
    const before = service.bus.published('ticket:created').length;
    await expect(relay().sweep()).rejects.toThrow('200 events of Seat could not be sent or not be taken out');
    pull.mockRestore();
    expect(service.bus.published('ticket:created').length - before).toBeLessThan(1000);
    await relay().sweep();
    expect(await Seat.countDocuments({ 'outbox.0': { $exists: true } })).toBe(0);
  });

  test('the broker refuses as many events as a sweep takes up at once: the next sweep begins behind them', async () => {
    const publish = service.bus.publish.bind(service.bus);
    const refusing = jest.spyOn(service.bus, 'publish').mockImplementation(async (subject, payload) => {
      if (payload.includes('refused')) throw new Error('too large');
      await publish(subject, payload);
    });
    service.bus.disconnect();
    for (let row = 0; row < 200; row += 1) await newSeat('refused');
    const { id } = (await newSeat('behind them')) as { id: string };
    service.bus.reconnect();
    await age();
    const patient = relay();
    await expect(patient.sweep()).rejects.toThrow('200 events of Seat could not be sent');
    await patient.sweep();
    expect(await stored(id)).toHaveLength(0);
    refusing.mockRestore();
    await patient.sweep();
    expect(await Seat.countDocuments({ 'outbox.0': { $exists: true } })).toBe(0);
  });

  test('the service stops: it ends between two batches', async () => {
    service.bus.disconnect();
    const seat = await newSeat();
    service.bus.reconnect();
    await age();
    await relay().sweep(AbortSignal.abort());
    expect(await stored(seat.id as string)).toHaveLength(1);
  });
});
