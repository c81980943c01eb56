import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { eventSchemas, eventTypes, isEventType, type EventData, type EventType } from './event-list';

/** An event as it travels: CloudEvents 1.0 in its structured JSON form. The subject on the bus is the type. */
export interface EventOf<T extends EventType> {
  readonly specversion: '1.0';
  /** Unique for one announcement; a redelivery or a repeated publish keeps it. */
  readonly id: string;
  /** The service that speaks, as a path: `/orders`. */
  readonly source: string;
  readonly type: T;
  /** The id of the aggregate that the event is about. */
  readonly subject: string;
  /** ISO 8601, when the state changed. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** W3C trace context, from a speaker that has one. */
  readonly traceparent?: string | undefined;
  readonly data: EventData<T>;
}
export type AnyEvent = { [T in EventType]: EventOf<T> }[EventType];

/** What may leave: at the top level, the fields that the schema of its type names. */
const ownFields = new Map<EventType, z.ZodType>(eventTypes.map((type) => [type, eventSchemas[type].strip()]));

const envelopeSchema = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string().min(1),
  source: z.string().min(1),
  type: z.string().min(1),
  subject: z.string().min(1),
  time: z.iso.datetime({ offset: true }),
  datacontenttype: z.literal('application/json'),
  traceparent: z.string().optional(),
  data: z.unknown(),
});

/** What an event of this type looks like on the bus. */
export function messageSchema(type: EventType): z.ZodType {
  return envelopeSchema.extend({ type: z.literal(type), data: eventSchemas[type] });
}

/** A message that can't be an event of the expected type: not worth a retry, it will not become one. */
export class InvalidEventError extends Error {
  override readonly name = 'InvalidEventError';
}

/** An event that this process was about to say is wrong: a fault of the program, and not of any message. */
export class WrongEventError extends Error {
  override readonly name = 'WrongEventError';
}

export interface NewEvent<T extends EventType> {
  readonly type: T;
  readonly source: string;
  readonly subject: string;
  readonly data: EventData<T>;
  readonly id?: string;
  readonly time?: Date;
}

/**
 * Builds an event, with its data checked against the schema of its type; fields that the schema does not name are left
 * out, so that nothing private leaves by accident.
 * @throws WrongEventError when the data does not fit: the mistake is the speaker's, before anybody hears it.
 */
export function createEvent<T extends EventType>(event: NewEvent<T>): EventOf<T> {
  return {
    specversion: '1.0',
    id: event.id ?? randomUUID(),
    source: event.source,
    type: event.type,
    subject: event.subject,
    time: (event.time ?? new Date()).toISOString(),
    datacontenttype: 'application/json',
    data: checkData(event.type, ownFields.get(event.type) ?? z.never(), event.data, WrongEventError),
  };
}

/**
 * Reads an event of `type` from the text of a message.
 * @throws InvalidEventError naming what is wrong: not JSON, not an envelope, another type, or data off its schema.
 */
export function parseEvent<T extends EventType>(type: T, text: string): EventOf<T> {
  const envelope = envelopeSchema.safeParse(parseJson(text));
  if (!envelope.success) throw new InvalidEventError(`not a CloudEvents envelope: ${explain(envelope.error)}`);
  if (envelope.data.type !== type) {
    throw new InvalidEventError(`an event of type "${envelope.data.type}" on the subject "${type}"`);
  }
  return {
    ...envelope.data,
    data: checkData(type, eventSchemas[type], envelope.data.data, InvalidEventError),
  } as EventOf<T>;
}

/** Reads an event of whatever type it says it is. @throws InvalidEventError as `parseEvent`, or for an unknown type. */
export function parseAnyEvent(text: string): AnyEvent {
  const envelope = envelopeSchema.safeParse(parseJson(text));
  if (!envelope.success) throw new InvalidEventError(`not a CloudEvents envelope: ${explain(envelope.error)}`);
  if (!isEventType(envelope.data.type)) throw new InvalidEventError(`unknown event type "${envelope.data.type}"`);
  return parseEvent(envelope.data.type, text) as AnyEvent;
}

/** The id of whatever came, if it carries one: what a dead letter is filed under. */
export function eventIdOf(text: string): string | undefined {
  try {
    const id = (JSON.parse(text) as { id?: unknown } | null)?.id;
    return typeof id === 'string' && id.length > 0 ? id : undefined;
  } catch {
    return undefined;
  }
}

function checkData<T extends EventType>(
  type: T,
  schema: z.ZodType,
  data: unknown,
  Fault: typeof InvalidEventError | typeof WrongEventError,
): EventData<T> {
  const checked = schema.safeParse(data);
  if (!checked.success) throw new Fault(`data of ${type}: ${explain(checked.error)}`);
  return checked.data as EventData<T>;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidEventError(`not JSON: ${(error as Error).message}`);
  }
}

function explain(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || '(root)'}: ${issue.message}`).join('; ');
}
