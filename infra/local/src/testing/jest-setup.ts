import { MongoMemoryServer } from 'mongodb-memory-server-core';
import { givenSettings, shareMongoUri, thisMachine } from '../config';
import { mongodb } from '../servers/mongodb';
import fetchServers from './fetch-servers';

/** One MongoDB for all suites of a run, unless MONGO_URI names one; each file has a database of its own on it. */
export default async function setUp(): Promise<void> {
  await fetchServers();
  if (givenSettings().MONGO_URI) return;
  const { path, version } = await mongodb.locate(thisMachine());
  const server = await MongoMemoryServer.create({
    binary: { systemBinary: path, version },
    // The default storage engine for tests keeps no journal, and refuses writes that ask for one.
    instance: { storageEngine: 'wiredTiger', args: ['--wiredTigerCacheSizeGB', '0.25', '--nounixsocket'] },
  });
  globalThis.testMongo = server;
  shareMongoUri(server.getUri());
}

declare global {
  var testMongo: MongoMemoryServer | undefined;
}
