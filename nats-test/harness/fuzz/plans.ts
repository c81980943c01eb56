import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { operations, resolve, type Operation } from './document';
import type { Memory } from './memory';
import { appendQuery, oddities, withBody, type Input, type Oddity } from './oddities';
import { forgeries, type Forgery, type Person } from './people';
import type { Request } from './send';

/** A request to be: what is known only when it is sent, ids and sessions, is put into it then. */
export interface Plan {
  readonly operation: Operation;
  readonly input: Input;
  /** One of the people by number, nobody, or somebody who pretends to be one of them. */
  readonly asker: number | Forgery | undefined;
  /** Takes values that are known to be there, and signs what Stripe signs. */
  readonly isKnowing: boolean;
  readonly own: boolean;
  readonly turn: number;
  readonly oddity: Oddity;
}

/** Who and what is there when a request is sent. */
export interface Scene {
  readonly people: readonly Person[];
  readonly memory: Memory;
  readonly webhookSecret: string;
}

/** Each of these costs a hash of a password, which keeps a core busy. */
const COSTLY = ['/api/users/signup', '/api/users/signin'];

/**
 * @param people how many there are
 * @param now dates that are drawn from a range lie in the five years after its own
 */
export async function plansFor(people: number, now = new Date()): Promise<fc.Arbitrary<Plan>> {
  const { generateSync } = await import('json-schema-faker');
  const year = now.getUTCFullYear();
  const dates = { minDateTime: `${year + 1}-01-01`, maxDateTime: `${year + 6}-01-01` };
  const seeds = fc.noBias(fc.nat());
  const inputsOf = ({ input }: Operation) =>
    seeds.map((seed) => generateSync(input, { seed, refResolver: resolve, ...dates }) as Input);
  const drawn = operations.map((operation) => ({
    weight: weightOf(operation),
    arbitrary: fc.record({ operation: fc.constant(operation), input: inputsOf(operation) }),
  }));
  const askers = fc.oneof(
    { weight: 8, arbitrary: fc.noBias(fc.nat({ max: people - 1 })) },
    { weight: 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: forgeries },
  );
  const rest = fc.record({
    asker: askers,
    isKnowing: fc.noBias(fc.nat({ max: 3 })).map((number) => number > 0),
    own: fc.boolean(),
    turn: seeds,
    oddity: oddities,
  });
  return fc.tuple(fc.oneof(...drawn), rest).map(([what, how]) => ({ ...what, ...how }));
}

/** What makes something comes more often, so that there is something to show, to change and to pay. */
function weightOf({ method, template }: Operation): number {
  if (COSTLY.includes(template)) return 1;
  return method === 'POST' ? 6 : 4;
}

/** The person whose session the request of a plan has. */
export function askerOf({ asker }: Plan, { people }: Scene): Person | undefined {
  return typeof asker === 'number' ? people[asker] : undefined;
}

export function requestOf(plan: Plan, scene: Scene): Request {
  const { oddity, isKnowing, operation } = plan;
  const input = isKnowing ? withKnown(plan, scene) : plan.input;
  const written = write(operation, oddity.ofInput?.(input) ?? input, cookieOf(plan, scene));
  const isSigned = isKnowing && operation.template.endsWith('/webhook');
  const request = isSigned ? sign(written, scene.webhookSecret) : written;
  return oddity.ofRequest?.(request) ?? request;
}

function withKnown(plan: Plan, scene: Scene): Input {
  const userId = askerOf(plan, scene)?.userId;
  const recall = (field: string, value: unknown) => scene.memory.recall(plan.operation, field, plan, userId) ?? value;
  const places = Object.entries(plan.input).map(([place, values]) => [
    place,
    Object.fromEntries(Object.entries(values).map(([field, value]) => [field, recall(field, value)])),
  ]);
  return Object.fromEntries(places) as Input;
}

function cookieOf(plan: Plan, scene: Scene): string | undefined {
  const [one, other] = scene.people;
  if (typeof plan.asker === 'function') return plan.asker(one?.cookie ?? '', other?.cookie ?? '');
  return askerOf(plan, scene)?.cookie;
}

function write({ method, template }: Operation, { path = {}, query = {}, body }: Input, cookie?: string): Request {
  const filled = template.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => escape(path[name]));
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
  const text = pairs.map(([name, value]) => `${escape(name)}=${escape(value)}`).join('&');
  const request = { method, path: appendQuery(filled, text), headers: { ...(cookie !== undefined && { cookie }) } };
  return body === undefined ? request : withBody(request, JSON.stringify(body));
}

function escape(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  // Half a character has no percent-encoding.
  return encodeURIComponent(Buffer.from(text).toString());
}

/** As Stripe does. */
function sign(request: Request, secret: string): Request {
  const time = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', secret)
    .update(`${time}.${request.body ?? ''}`)
    .digest('hex');
  return { ...request, headers: { ...request.headers, 'stripe-signature': `t=${time},v1=${signature}` } };
}
