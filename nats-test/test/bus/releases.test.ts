import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import path from 'node:path';
import { eventTypes } from '@ticketing/common';
import { waitFor } from '@ticketing/common/testing';
import { inheritedEnvironment } from '../../../infra/local/src/config';
import type { Change } from '../../harness/speaker';
import { StreamingServer } from './streaming-server';

const TODAY = '@ticketing/common';
const RELEASED = '@ticketing/common-released';

let server: StreamingServer;
let today: Speaker;
let released: Speaker;

/** A process with one release of `common`. */
class Speaker {
  out = '\n';
  private readonly child: ChildProcessWithoutNullStreams;

  constructor(release: string) {
    const program = path.resolve(__dirname, '../../dist/harness/speaker.js');
    this.child = spawn(process.execPath, [program, release, server.url], { env: inheritedEnvironment() });
    this.child.stdout.on('data', (chunk: Buffer) => (this.out += chunk.toString()));
    this.child.stderr.on('data', (chunk: Buffer) => (this.out += chunk.toString()));
  }

  /** A whole line: one speaker's name begins with the other's, and each hears itself, too. */
  async tells(line: string): Promise<void> {
    const isTold = () => {
      if (!this.out.includes(`\n${line}\n`)) throw new Error(`it told only:\n${this.out}`);
      return true;
    };
    await waitFor(isTold, `"${line}"`, 30_000);
  }

  say(change: Change): void {
    this.child.stdin.write(`${change}\n`);
  }

  stop(): void {
    this.child.kill();
  }
}

beforeEach(async () => {
  server = await StreamingServer.start();
  [today, released] = [new Speaker(TODAY), new Speaker(RELEASED)];
  await Promise.all([today.tells('ready'), released.tells('ready')]);
});
afterEach(async () => {
  today.stop();
  released.stop();
  await server.stop();
});

test.each<Change>(['as it is', 'with more'])(
  'the last release of common and that of today understand what the other says: an event %s',
  async (change) => {
    today.say(change);
    released.say(change);
    for (const type of eventTypes) {
      await released.tells(`heard ${type} ${TODAY}`);
      await today.tells(`heard ${type} ${RELEASED}`);
    }
    expect(`${today.out}${released.out}`).not.toContain('refused');
  },
);

test('an event with less than was released is refused by both: nothing may be taken away', async () => {
  today.say('with less');
  for (const type of eventTypes) {
    await released.tells(`refused ${type} ${TODAY}`);
    await today.tells(`refused ${type} ${TODAY}`);
  }
});
