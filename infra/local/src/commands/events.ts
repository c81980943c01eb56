import { Fault } from '../fault';
import { say } from '../output';
import type { Addresses, ServiceName } from '../system/settings';
import { HELP } from './help';
import { isRunning, runOf, withDatabases } from './operator';

/** Those that keep what they could not handle, and have state to announce. */
const services: readonly ServiceName[] = ['tickets', 'orders', 'payments'];
/** How many words follow the service's name. */
const words: Readonly<Record<string, number>> = { list: 0, show: 1, retry: 1, drop: 1, republish: 0, bump: 0 };

/** The operator's command for events that could not be handled, and for announcing state again. */
export async function events([word = '', name, ...rest]: readonly string[]): Promise<void> {
  const expected = Object.hasOwn(words, word) ? words[word] : undefined;
  if (expected === undefined || rest.length > expected) throw new Fault(HELP);
  if (word === 'list' && name === undefined) return withDatabases(listAll);
  const service = services.find((known) => known === name);
  if (!service) throw new Fault(`Which service? One of ${services.join(', ')}: npm run events -- ${word} <service> …`);
  if (word === 'bump' && isRunning()) throw new Fault('The system runs. Versions are raised before it starts.');
  await withDatabases((addresses) => runOf(service, 'events', [word, ...rest], addresses));
}

async function listAll(addresses: Addresses): Promise<void> {
  for (const service of services) {
    say(`${service}:`);
    await runOf(service, 'events', ['list'], addresses);
  }
}
