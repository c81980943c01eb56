import { once } from 'node:events';
import { createRequire } from 'node:module';
import mongoose from 'mongoose';
import { connectDatabase, databaseState, disconnectDatabase } from '../../src/persistence';
import { recogniseError } from '../../src/http/middlewares/recognise-error';
import { log } from '../../src/service';
import { newId, TcpProxy, waitFor } from '../../src/testing';
import { testServerUri } from '../../src/testing/config';

/** Heartbeats tell of a silent database sooner, even on a busy machine, and the limit of an operation later. */
const ANSWER_MILLISECONDS = 4000;
/** Longer than heartbeats take to tell of it. */
const SILENCE_MILLISECONDS = 2000;

let proxy: TcpProxy;

beforeAll(async () => {
  log.level = 'silent';
  proxy = await TcpProxy.open(serverPort());
});
afterEach(async () => {
  jest.restoreAllMocks();
  await proxy.heal();
  await disconnectDatabase();
});
afterAll(() => proxy.close());

const serverPort = () => Number(new URL(testServerUri()).port);

interface Connection {
  readonly port?: number;
  readonly options?: string;
  readonly operationLimit?: number;
}

function connect({ port = proxy.port, options = '', operationLimit }: Connection = {}): Promise<void> {
  const uri = `mongodb://127.0.0.1:${port}/connect?${options}`;
  return connectDatabase(uri, log, new AbortController().signal, operationLimit);
}

const things = () => mongoose.connection.collection('things');
const read = () => things().findOne({ title: 'nothing' });
const write = () => things().insertOne({ title: newId() });

async function outcomeOf(operation: Promise<unknown>) {
  const begin = Date.now();
  const error: unknown = await operation.then(() => undefined).catch((reason: unknown) => reason);
  return { error, milliseconds: Date.now() - begin };
}

test('a connection is lost without a word: an operation on it ends at its limit, and the next connection serves', async () => {
  await connect({ operationLimit: 1000 });
  await read();
  proxy.lose();
  const { error } = await outcomeOf(read());
  expect(error).toBeInstanceOf(mongoose.mongo.MongoOperationTimeoutError);
  expect(recogniseError(error)).toMatchObject({ statusCode: 503, code: 'dependency_unavailable' });
  await waitFor(async () => (await read()) === null, 'the next connection');
});

describe('an operation is given up after its command was sent and before its reply was read', () => {
  const ofMongoose = createRequire(require.resolve('mongoose'));
  const { CSOTTimeoutContext } = ofMongoose('mongodb/lib/timeout') as {
    CSOTTimeoutContext: { prototype: { readonly remainingTimeMS: number } };
  };
  const { Connection } = ofMongoose('mongodb/lib/cmap/connection') as {
    Connection: { prototype: { writeCommand(...all: unknown[]): Promise<void>; onError(error: Error): void } };
  };

  /** @returns what the next operation on the same connection finds where there is nothing */
  async function findsInstead(): Promise<unknown> {
    await connect({ options: 'maxPoolSize=1' });
    await things().insertOne({ title: 'another' });
    // eslint-disable-next-line @typescript-eslint/unbound-method -- it is applied to the connection that is asked
    const { writeCommand } = Connection.prototype;
    jest.spyOn(Connection.prototype, 'writeCommand').mockImplementationOnce(async function (this: unknown, ...all) {
      await writeCommand.apply(this as typeof Connection.prototype, all);
      jest.spyOn(CSOTTimeoutContext.prototype, 'remainingTimeMS', 'get').mockReturnValueOnce(-1);
    });
    const { error } = await outcomeOf(things().findOne({ title: 'another' }));
    expect(error).toBeInstanceOf(mongoose.mongo.MongoOperationTimeoutError);
    return read();
  }

  test('the next one does not take that reply for its own', async () => {
    expect(await findsInstead()).toBeNull();
  });

  test('it would, if the connection were not closed (negative control)', async () => {
    jest.spyOn(Connection.prototype, 'onError').mockReturnValue();
    expect(await findsInstead()).toMatchObject({ title: 'another' });
  });
});

test('the database falls silent: what is under way is given up soon, and it serves again afterwards', async () => {
  await connect();
  await Promise.all([read(), write()]);
  proxy.hang();
  for (const { error, milliseconds } of await Promise.all([read(), write()].map(outcomeOf))) {
    expect(recogniseError(error)).toMatchObject({ statusCode: 503, code: 'dependency_unavailable' });
    expect(milliseconds).toBeLessThan(ANSWER_MILLISECONDS);
  }
  expect(databaseState()).toBe('down');
  await proxy.heal();
  await waitFor(() => databaseState() === 'up', 'the next connection');
  await write();
});

test('without heartbeats the silence is noticed by the limit of each operation alone (negative control)', async () => {
  const original = mongoose.connect.bind(mongoose);
  jest
    .spyOn(mongoose, 'connect')
    .mockImplementation((uri, options) => original(uri, { ...options, heartbeatFrequencyMS: 60_000 }));
  await connect();
  await read();
  proxy.hang();
  const { milliseconds } = await outcomeOf(read());
  expect(milliseconds).toBeGreaterThan(ANSWER_MILLISECONDS);
  expect(databaseState()).toBe('up');
});

test.each(['connectTimeoutMS', 'connecttimeoutms'])(
  'an address with its own %s decides itself how long a server may be silent',
  async (spelling) => {
    await connect({ options: `${spelling}=60000`, operationLimit: 2 * SILENCE_MILLISECONDS });
    await read();
    proxy.hang();
    const { error } = await outcomeOf(read());
    expect(error).toBeInstanceOf(mongoose.mongo.MongoOperationTimeoutError);
    expect(databaseState()).toBe('up');
  },
);

test('limits that an address has itself are not overruled, and the others are ours', async () => {
  await connect({ options: 'serverSelectionTimeoutMS=7000&timeoutms=8000' });
  expect(mongoose.connection.getClient().options).toMatchObject({
    serverSelectionTimeoutMS: 7000,
    timeoutMS: 8000,
    connectTimeoutMS: 1000,
  });
});

test('busy is not away: who waits for the only connection while a long query has it is served, however late', async () => {
  await connect({ options: 'maxPoolSize=1' });
  await write();
  const long = things().findOne({ $where: 'sleep(2500) || true' });
  const { error, milliseconds } = await outcomeOf(read());
  expect(error).toBeUndefined();
  expect(milliseconds).toBeGreaterThan(SILENCE_MILLISECONDS);
  await long;
});

test('this process itself was held up: the database is not taken for silent, and the operation is answered', async () => {
  // Not by the proxy, which is held up with this process.
  await connect({ port: serverPort() });
  await once(mongoose.connection.getClient(), 'serverHeartbeatSucceeded');
  const noticed = jest.fn();
  mongoose.connection.once('disconnected', noticed);
  const outcome = outcomeOf(read());
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * SILENCE_MILLISECONDS);
  expect(databaseState()).toBe('up');
  // The control: mongoose has been taken in.
  expect(mongoose.connection.readyState).toBe(mongoose.ConnectionStates.disconnected);
  expect((await outcome).error).toBeUndefined();
  expect(noticed).not.toHaveBeenCalled();
  mongoose.connection.off('disconnected', noticed);
});
