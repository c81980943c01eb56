import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describeApi, type ErrorEntry, type Operation } from '../http';
import type { ServiceDefinition } from '../service';
import { newId, signIn } from './sign-in';
import type { TestService } from './test-service';

/** A schema as it stands in an OpenAPI document. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly example?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly examples?: readonly string[];
}

interface Parameter {
  readonly in: 'path' | 'query';
  readonly name: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

type Place = 'body' | 'query' | 'path';

/** One request: what stands where, and whether the document allows it. */
interface Case {
  readonly place: Place;
  readonly field: string;
  readonly value: unknown;
  readonly isAllowed: boolean;
}

const SAMPLES = 5;
const NEXT_YEAR = new Date().getFullYear() + 1;
const OF_FORMAT: Readonly<Record<string, readonly string[]>> = {
  'date-time': ['T20:00:00Z', 'T20:00+02:00', 'T20:00:00', ''].map((time) => `${NEXT_YEAR}-05-17${time}`),
  email: ['ariel@example.com', 'ariel', 'ariel@', '@example.com', 'a b@example.com'],
};
const OF_WRONG_TYPES = [{}, { $gt: '' }, [], ['10'], true];

/**
 * Sends requests with values at and just over each limit that the document of the service names: the rules of input have
 * to agree with it, in both directions.
 */
export function describeLimits(definition: ServiceDefinition, service: () => TestService): void {
  const operations = definition.routes.map(({ operation }) => operation);
  const document = describeApi(definition.name, operations);
  const ajv = addFormats(new Ajv2020({ strict: false, multipleOfPrecision: 6 }));
  ajv.addSchema(document, 'api');

  describe.each(
    operations.map((operation) => [`${operation.method.toUpperCase()} ${operation.path}`, operation] as const),
  )('the limits of %s', (_name, operation) => {
    const described = document.paths?.[operation.path.replaceAll(/:(\w+)/g, '{$1}')]?.[operation.method];
    const parameters = (described?.parameters ?? []) as Parameter[];
    const content = (described?.requestBody as { content: Record<string, { schema: Schema }> } | undefined)?.content;
    const body = resolve(content?.['application/json']?.schema ?? {});
    const cases = [...parameters.flatMap(casesOfParameter), ...casesOfBody(body)];
    if (cases.length === 0) return;

    const named = cases.map((one) => [`${one.place} ${one.field}: ${inShort(one.value)}`, one] as const);
    test.each(named)('%s', async (name, { place, field, value, isAllowed }) => {
      const answer = await ask(service(), operation, exampleOf(body), { place, field, value });
      const { errors = [] } = answer.body as { errors?: ErrorEntry[] };
      const refused = errors.filter(({ code }) => code === 'validation_failed').map((entry) => entry.field);
      expect({ [name]: refused }).toEqual({ [name]: isAllowed ? [] : [field] });
      expect(answer.status).toBeLessThan(500);
    });
  });

  function casesOfBody({ properties = {}, required = [] }: Schema): Case[] {
    return Object.entries(properties).flatMap(([field, schema]) => {
      const isAllowed = !required.includes(field);
      const nothing = [undefined, ''].map((value) => ({ place: 'body' as const, field, value, isAllowed }));
      return [...nothing, ...casesOf('body', field, schema, [...OF_WRONG_TYPES, null])];
    });
  }

  function casesOfParameter({ in: place, name, required = false, schema }: Parameter): Case[] {
    const nothing = [undefined, ''].map((value) => ({ place, field: name, value, isAllowed: !required }));
    return [...(place === 'query' ? nothing : []), ...casesOf(place, name, schema, [])];
  }

  function casesOf(place: Place, field: string, schema: Schema, others: readonly unknown[]): Case[] {
    const allows = ajv.compile({ ...schema, $ref: schema.$ref && `api${schema.$ref}` });
    const values = [...candidates(resolve(schema)), ...others].filter((value) => value !== '');
    return [...new Set(values)].map((value) => ({
      place,
      field,
      value,
      isAllowed: allows(value),
    }));
  }

  function exampleOf({ properties = {}, example }: Schema): Readonly<Record<string, unknown>> {
    const ofFields = Object.entries(properties).map(([field, own]) => [field, resolve(own).example] as const);
    return (example as Readonly<Record<string, unknown>> | undefined) ?? Object.fromEntries(ofFields);
  }

  function resolve(schema: Schema): Schema {
    const name = schema.$ref?.replace('#/components/schemas/', '');
    return name === undefined ? schema : (document.components?.schemas?.[name] as Schema);
  }
}

function inShort(value: unknown): string {
  const text = JSON.stringify(value) ?? 'absent';
  return typeof value === 'string' && value.length > 40 ? `${text.slice(0, 5)}… of ${[...value].length}` : text;
}

/** Values at each limit of a schema and just over it. */
function candidates(schema: Schema): unknown[] {
  const { anyOf = [], pattern, format = '' } = schema;
  const choices = [...(schema.enum ?? []), ...('const' in schema ? [schema.const] : [])];
  return [
    ...anyOf.flatMap(candidates),
    ...choices.flatMap((choice) => [choice, `${String(choice)}x`]),
    ...lengths(schema),
    ...amounts(schema),
    ...(pattern === undefined || format ? [] : samplesOf(pattern, schema.examples)),
    ...(OF_FORMAT[format] ?? []),
  ];
}

function lengths({ minLength = 0, maxLength }: Schema): string[] {
  return [
    ...(minLength > 0 ? ['x'.repeat(minLength), 'x'.repeat(minLength - 1)] : []),
    // The last counts as two characters each to JavaScript, and as one to people and to JSON Schema.
    ...(maxLength === undefined ? [] : ['x'.repeat(maxLength), 'x'.repeat(maxLength + 1), '🎫'.repeat(maxLength)]),
  ];
}

function amounts({ minimum, maximum, multipleOf: step = 1 }: Schema): number[] {
  return [
    ...(minimum === undefined ? [] : [minimum, minimum - step, minimum + step / 2]),
    ...(maximum === undefined ? [] : [maximum, maximum + step]),
  ];
}

/** Texts that a pattern allows, and the same with a character more or less. A pattern that looks ahead brings its own. */
function samplesOf(pattern: string, examples?: readonly string[]): string[] {
  const texts = examples ?? fc.sample(fc.stringMatching(new RegExp(pattern, 'u')), { numRuns: SAMPLES, seed: 1 });
  return texts.flatMap((text) => [text, `${text}x`, text.slice(0, -1)]).filter((text) => text !== '');
}

function ask(
  service: TestService,
  { method, path, who }: Operation,
  example: Readonly<Record<string, unknown>>,
  { place, field, value }: Pick<Case, 'place' | 'field' | 'value'>,
) {
  const ids = path.replaceAll(/:(\w+)/g, (_whole, name: string) =>
    encodeURIComponent(place === 'path' && name === field ? (value as string) : newId()),
  );
  const request = service.api()[method](ids);
  if (who === 'signed in' || field === 'seller') void request.set('Cookie', signIn());
  if (place === 'query' && value !== undefined) void request.query({ [field]: value });
  return method === 'get' ? request : request.send(place === 'body' ? { ...example, [field]: value } : example);
}
