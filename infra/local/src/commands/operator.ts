import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { givenSettings, inheritedEnvironment, thisMachine } from '../config';
import { Fault } from '../fault';
import { DataFolder } from '../system/data-folder';
import { Part } from '../system/part';
import { dataFolder, inClone } from '../system/paths';
import { planMongodb } from '../system/servers';
import { serviceSettings, type Addresses, type ServiceName } from '../system/settings';

/** Where the parts of the run of this clone are. @throws Fault when there is none */
export function addressesOfRun(): Addresses {
  const addresses = new DataFolder(dataFolder()).currentRun()?.addresses;
  if (!addresses) throw new Fault('The system does not run. Start it in another terminal: npm start');
  if (!isComplete(addresses)) throw new Fault('The system is still starting. Try again when it is ready.');
  return addresses;
}

export function isRunning(): boolean {
  return new DataFolder(dataFolder()).currentRun() !== undefined;
}

/** Does something that needs the databases and nothing else: those of the run, or without one those of the data. */
export async function withDatabases(work: (addresses: Addresses) => Promise<void>): Promise<void> {
  if (isRunning()) return work(addressesOfRun());
  const folder = new DataFolder(dataFolder());
  await folder.open();
  try {
    const database = new Part(await planMongodb(folder, thisMachine()), UNWATCHED);
    await database.start();
    await work({ ...NOWHERE, mongodb: database.url });
    await database.stop();
  } finally {
    folder.close();
  }
}

const UNWATCHED = { onLaunch: () => undefined, onEnd: () => undefined };

/** For settings that a command must have and does not use. */
const NOWHERE: Addresses = {
  gateway: 'http://127.0.0.1:9',
  mongodb: '',
  nats: 'nats://127.0.0.1:9',
  natsCluster: 'ticketing',
  natsMonitor: undefined,
  redis: 'redis://127.0.0.1:9',
  stripe: 'http://127.0.0.1:9',
};

/** Runs a command of a service, as its image would be told to. When it fails it says why, and this program fails too. */
export async function runOf(
  service: ServiceName,
  command: string,
  args: readonly string[],
  addresses: Addresses,
): Promise<void> {
  const { secrets } = new DataFolder(dataFolder());
  const env = { ...inheritedEnvironment(), ...serviceSettings(service, 0, addresses, secrets, givenSettings()) };
  const script = inClone(service, 'dist/commands', `${command}.js`);
  const child = spawn(process.execPath, [script, ...args], { env, stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) process.exitCode = 1;
}

function isComplete(addresses: Partial<Addresses>): addresses is Addresses {
  return addresses.mongodb !== undefined && addresses.redis !== undefined;
}
