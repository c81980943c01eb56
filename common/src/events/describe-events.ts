import { z } from 'zod';
import { messageSchema } from './envelope';
import { eventMeanings, eventTypes, type EventType } from './event-list';

/** Which events a service says and hears. */
export interface Speaker {
  readonly name: string;
  readonly says: readonly EventType[];
  readonly hears: readonly EventType[];
}

/** What a service says are the events that are named for its own: `order:created` is said by orders. */
export function saidBy(service: string): EventType[] {
  return eventTypes.filter((type) => {
    const [aggregate] = type.split(':');
    return service === aggregate || service === `${aggregate}s`;
  });
}

/** An AsyncAPI document, as far as anybody here looks into it. */
export interface AsyncApiDocument {
  readonly asyncapi: '3.0.0';
  readonly info: object;
  readonly defaultContentType: string;
  readonly channels: Readonly<Record<string, object>>;
  readonly operations: Readonly<Record<string, object>>;
  readonly components: { readonly messages: Readonly<Record<string, { readonly payload: object }>> };
}

const ABOUT = `Events are CloudEvents 1.0 as JSON, on NATS Streaming; the subject of a message is the type of its event. They
may come twice, late and in any order: whoever hears a state keeps the highest \`version\`.`;

/** The AsyncAPI document of what services say to each other. */
export function describeEvents(title: string, version: string, speakers: readonly Speaker[]): AsyncApiDocument {
  const types = [...new Set(speakers.flatMap(({ says, hears }) => [...says, ...hears]))].sort();
  const operations = speakers.flatMap(({ name, says, hears }) => [
    ...says.map((type) => describeOperation(`${name}_says`, 'send', type)),
    ...hears.map((type) => describeOperation(`${name}_hears`, 'receive', type)),
  ]);
  return {
    asyncapi: '3.0.0',
    info: { title, version, description: ABOUT },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(types.map((type) => [keyOf(type), describeChannel(type)])),
    operations: Object.fromEntries(operations),
    components: { messages: Object.fromEntries(types.map((type) => [keyOf(type), describeMessage(type)])) },
  };
}

function describeChannel(type: EventType): object {
  const message = { $ref: `#/components/messages/${keyOf(type)}` };
  return { address: type, messages: { [keyOf(type)]: message } };
}

function describeOperation(name: string, action: 'send' | 'receive', type: EventType): [string, object] {
  return [`${name}_${keyOf(type)}`, { action, channel: { $ref: `#/channels/${keyOf(type)}` } }];
}

function describeMessage(type: EventType) {
  const payload = z.toJSONSchema(messageSchema(type), { target: 'draft-7', io: 'input' }) as object;
  return { name: type, summary: eventMeanings[type], payload };
}

/** A name in a document has no colon. */
const keyOf = (type: EventType) => type.replace(':', '.');
