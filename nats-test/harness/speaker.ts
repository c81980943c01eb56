import { createInterface } from 'node:readline';
import type * as Common from '@ticketing/common';
import type * as Testing from '@ticketing/common/testing';

interface AnyData {
  readonly source: string;
  readonly data: object;
}

/** What another release may have made of an event. */
const CHANGES = {
  'as it is': (event: AnyData) => event,
  'with more': (event: AnyData) => ({ ...event, later: 1, data: { ...event.data, later: { than: 'this release' } } }),
  'with less': (event: AnyData) => ({ ...event, data: {} }),
};
export type Change = keyof typeof CHANGES;

/**
 * A process that hears every type of event, and says one of each when it reads how, with whichever release of `common`
 * it is given: `node speaker.js <package> <url of the broker>`.
 * Its lines: `ready`, `heard <type> <speaker>`, `refused <type> <speaker>` and below it why.
 */
async function main(release: string, url: string): Promise<void> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- which one is known when it runs
  const common = require(release) as typeof Common;
  const { eventTypes, NatsStreamingBus, log } = common;
  log.level = 'silent';
  const name = release.replaceAll(/\W/g, '-');
  const bus = new NatsStreamingBus({ url, clusterId: 'ticketing', clientId: name, log });
  await bus.connect();

  const onMessage = (message: Common.BusMessage) => Promise.resolve(hear(common, message));
  await Promise.all(eventTypes.map((subject) => bus.subscribe({ subject, group: name, onMessage })));
  tell('ready');
  for await (const line of createInterface(process.stdin)) await sayAll(common, bus, release, CHANGES[line as Change]);
  await bus.close();
}

function hear({ parseEvent }: typeof Common, { subject, payload }: Common.BusMessage): void {
  // Past the release that may refuse it.
  const { source } = JSON.parse(payload) as AnyData;
  try {
    parseEvent(subject as Common.EventType, payload);
    tell('heard', subject, source);
  } catch (error) {
    tell('refused', subject, source);
    tell((error as Error).message);
  }
}

async function sayAll(
  { eventTypes }: typeof Common,
  bus: Common.EventBus,
  release: string,
  change: (event: AnyData) => object,
) {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- as above
  const { buildEvent } = require(`${release}/testing`) as typeof Testing;
  for (const type of eventTypes) {
    await bus.publish(type, JSON.stringify(change({ ...buildEvent(type), source: release })));
  }
}

function tell(...words: string[]): void {
  process.stdout.write(`${words.join(' ')}\n`);
}

const [, , release = '', url = ''] = process.argv;
void main(release, url);
