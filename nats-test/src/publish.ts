import { createEvent, isEventType, type EventData, type EventOf, type EventType } from '@ticketing/common';
import { knownTypes, runCommand } from './command-line';
import { withBus } from './with-bus';

const help = `Puts one event on the bus, as a service would say it.

  npm run publish -- TYPE DATA

DATA is the event's data as JSON; it is checked against the schema of TYPE, and the envelope is made around it:
  npm run publish -- expiration:complete '{"orderId":"0123456789abcdef01234567"}'

NATS_URL says where the broker is; without it, that of the running local system is taken.

${knownTypes()}
`;

void runCommand(help, async ([type = '', data = '', ...rest]) => {
  if (!type) throw new Error(help);
  if (rest.length > 0) throw new Error("Only a type and its data: is the JSON in quotes ('{…}')?");
  const event = readEvent(type, data);
  await withBus((bus) => bus.publish(event.type, JSON.stringify(event)));
  process.stdout.write(`${event.type} ${event.id} about ${event.subject} is stored by the broker\n`);
});

/** @throws Error that tells what to type instead */
function readEvent(type: string, text: string): EventOf<EventType> {
  if (!isEventType(type)) throw new Error(`"${type}" is no type of event.\n${knownTypes()}`);
  const data = readJson(text) as EventData<EventType>;
  const { id, orderId } = (data ?? {}) as { id?: unknown; orderId?: unknown };
  return createEvent({ type, source: '/nats-test', subject: String(id ?? orderId), data });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`The data is not JSON (${(error as Error).message}): ${text || 'nothing'}`, { cause: error });
  }
}
