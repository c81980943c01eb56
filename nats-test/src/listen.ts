import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { eventTypes, isEventType, parseEvent, type BusMessage, type EventType } from '@ticketing/common';
import { knownTypes, runCommand } from './command-line';
import { withBus } from './with-bus';

const help = `Shows what travels on the bus, one line an event, until Ctrl-C.

  npm run listen -- [--new] [TYPE ...]

  TYPE    which events; without any, all of them
  --new   leaves out what was said before this command was started

Each run listens as a group of its own (listen-…): it takes no event away from a service, and it starts with the oldest
event that the broker keeps. A payload that is no valid event is shown with the reason.
NATS_URL says where the broker is; without it, that of the running local system is taken.

${knownTypes()}
`;

void runCommand(help, async (args) => {
  const { values, positionals } = parseArgs({ args, options: { new: { type: 'boolean' } }, allowPositionals: true });
  const subjects = positionals.length > 0 ? positionals.map(knownType) : eventTypes;
  const since = values.new ? new Date().toISOString() : '';
  const group = `listen-${randomUUID()}`;
  const stopped = untilStopped();
  await withBus(async (bus) => {
    const onMessage = (message: BusMessage) => Promise.resolve(show(message, since));
    await Promise.all(subjects.map((subject) => bus.subscribe({ subject, group, onMessage })));
    process.stderr.write(`Listening to ${subjects.join(', ')}; Ctrl-C ends it.\n`);
    await stopped;
  });
});

function untilStopped(): Promise<unknown> {
  return new Promise((resolve) => {
    process.once('SIGINT', resolve).once('SIGTERM', resolve);
    // Whoever reads us (`| head`) has had enough.
    process.stdout.once('error', resolve);
  });
}

function knownType(type: string): EventType {
  if (!isEventType(type)) throw new Error(`"${type}" is no type of event.\n${knownTypes()}`);
  return type;
}

function show({ subject, sequence, payload }: BusMessage, since: string): void {
  try {
    const event = parseEvent(subject as EventType, payload);
    if (event.time < since) return;
    process.stdout.write(`${event.time} ${subject} #${sequence} ${JSON.stringify(event.data)}\n`);
  } catch (error) {
    process.stdout.write(`${subject} #${sequence} INVALID, ${(error as Error).message}: ${payload}\n`);
  }
}
