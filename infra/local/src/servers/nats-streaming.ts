import type { Machine } from '../config';
import { Child } from '../processes/child';
import { answers } from '../processes/reach';
import { locate } from './chain';
import { onPath } from './places';
import type { ServerKind, Site } from './server';
import { archive, goInstall, type Archive } from './suppliers';
import { versions } from './versions';

const { version, archives } = versions.natsStreaming;
const PROGRAM = 'nats-streaming-server';
const MODULE = 'github.com/nats-io/nats-streaming-server';
const STOP_MILLISECONDS = 2500;

/** It has a second port, on which it tells how it is. */
export interface NatsSite extends Site {
  readonly monitorPort: number;
}

export const natsStreaming: ServerKind<NatsSite> = {
  name: 'NATS Streaming',
  locate: (machine) =>
    locate(
      {
        server: 'NATS Streaming',
        places: [onPath(machine, PROGRAM)],
        suppliers: [archive(PROGRAM, version, () => chooseArchive(machine)), goInstall(PROGRAM, MODULE, version)],
        byHand: {
          linux: `put ${PROGRAM} ${version} from https://${MODULE}/releases on PATH, or install Go and start again`,
          macos: 'brew install go, and start again',
        },
      },
      machine,
    ),
  start: ({ path }, site, log) => new Child({ command: path, args: serverArguments(site), output: log }),
  // The NATS inside it opens its port before the messages are recovered.
  ready: ({ monitorPort }) => answers(`http://127.0.0.1:${monitorPort}/streaming/serverz`, '"state": "STANDALONE"'),
  stop: (child) => child.stop(STOP_MILLISECONDS),
};

/** How this project runs it, here and in its tests. */
export function serverArguments({ port, monitorPort, folder }: NatsSite): string[] {
  return [
    ...['-cid', 'ticketing', '-a', '127.0.0.1', '-p', String(port), '-m', String(monitorPort)],
    ...['-store', 'file', '-dir', folder],
    // The defaults drop the oldest messages when a channel holds a million.
    ...['-mc', '0', '-mm', '0', '-mb', '0', '-ma', '720h'],
    // The share of a killed consumer comes free after 4 s instead of 25.
    ...['-hbi', '2s', '-hbt', '2s', '-hbf', '2'],
  ];
}

function chooseArchive({ platform, arch }: Machine): Archive {
  const known = arch === 'x64' || arch === 'arm64' ? archives[arch] : undefined;
  if (platform !== 'linux' || !known) throw new Error('its hash is known for Linux on x86-64 and ARM-64 only');
  const name = `${PROGRAM}-v${version}-${platform}-${known.name}`;
  return {
    url: `https://${MODULE}/releases/download/v${version}/${name}.tar.gz`,
    sha256: known.sha256,
    depth: 1,
  };
}
