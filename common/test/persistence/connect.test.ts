import mongoose from 'mongoose';
import { connectDatabase, disconnectDatabase } from '../../src/persistence';
import { recogniseError } from '../../src/http/middlewares/recognise-error';
import { log } from '../../src/service';
import { Line, waitFor } from '../../src/testing';
import { testServerUri } from '../../src/testing/config';

const LIMIT_MILLISECONDS = 300;

let line: Line;

beforeAll(async () => {
  log.level = 'silent';
  line = await Line.to(Number(new URL(testServerUri()).port));
  const uri = `mongodb://127.0.0.1:${line.port}/connect?directConnection=true`;
  await connectDatabase(uri, log, new AbortController().signal, LIMIT_MILLISECONDS);
});
afterAll(async () => {
  await disconnectDatabase();
  await line.close();
});

const read = () => mongoose.connection.collection('things').findOne({});

test('the database falls silent: an operation ends as a dependency that is away, and the next connection serves', async () => {
  await read();
  line.goDead();
  const begin = Date.now();
  const error: unknown = await read().catch((reason: unknown) => reason);
  expect(Date.now() - begin).toBeLessThan(10 * LIMIT_MILLISECONDS);
  expect(recogniseError(error)).toMatchObject({ statusCode: 503, code: 'dependency_unavailable' });
  await waitFor(async () => (await read()) === null, 'the next connection');
});
