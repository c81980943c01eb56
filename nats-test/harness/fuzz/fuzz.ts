import fc from 'fast-check';
import type { Settings } from '@ticketing/local';
import { Shop } from '../shop';
import { isForService, operationAt } from './document';
import { complaintsOf, type Exchange, type Secrets } from './judge';
import { Memory } from './memory';
import { signUp, type Person } from './people';
import { askerOf, plansFor, requestOf, type Plan, type Scene } from './plans';
import { Patience, send } from './send';
import { Tally } from './tally';

const PEOPLE = 4;
const AT_ONCE = 10;
const SHOWN_CHARACTERS = 2000;

export interface Fuzzing {
  /** What was wrong, each with the request that shows it. */
  readonly complaints: readonly string[];
  readonly tally: Tally;
}

/** A running system, and what its answers must not tell. */
export interface Stage {
  readonly shop: Shop;
  readonly settings: readonly Settings[];
}

/** The system, on data of its own. */
export async function openStage(): Promise<Stage> {
  const settings: Settings[] = [];
  const adjust = (_part: string, own: Settings) => {
    settings.push(own);
    return own;
  };
  return { shop: await Shop.open({}, { adjust }), settings };
}

/**
 * Sends requests that `seed` makes of chance, some at a time. The same seed makes the same plans, all year long; which
 * ids they find, and how those that are under way together meet, is up to the machine, and so a failure is told as it was.
 */
export async function fuzz({ shop, settings }: Stage, requests: number, seed: number): Promise<Fuzzing> {
  const { url } = shop.system;
  const people = await Promise.all(Array.from({ length: PEOPLE }, () => signUp(url)));
  const memory = memoryOf(people);
  const scene = {
    people,
    memory,
    webhookSecret: valuesOf(settings, 'STRIPE_WEBHOOK_SECRET')[0] ?? '',
  };
  const secrets = {
    people,
    settings: SECRET_SETTINGS.flatMap((name) => valuesOf(settings, name)),
    buyerOf: (orderId: string) => memory.ownerOf('orders', orderId),
  };
  const patience = new Patience();
  const complaints: string[] = [];
  const tally = new Tally();
  const queue = fc.sample(await plansFor(PEOPLE), { numRuns: requests, seed }).entries();
  const sendAll = async () => {
    for (const [number, plan] of queue) {
      for (const exchange of await play(url, plan, scene, patience)) {
        tally.count(exchange.request, exchange.answer);
        complaints.push(...judge(exchange, secrets).map((text) => `PROPERTY_SEED=${seed}, request ${number}: ${text}`));
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendAll));
  return { complaints, tally };
}

const SECRET_SETTINGS = ['JWT_KEY', 'STRIPE_KEY', 'STRIPE_WEBHOOK_SECRET', 'MONGO_URI', 'NATS_URL', 'REDIS_URL'];

function valuesOf(settings: readonly Settings[], name: string): string[] {
  return [...new Set(settings.flatMap((own) => own[name] ?? []))];
}

function memoryOf(people: readonly Person[]): Memory {
  const memory = new Memory();
  for (const { email, password } of people) {
    memory.remember('email', email);
    memory.remember('password', password);
  }
  return memory;
}

/** @returns more than one exchange where it was asked again */
async function play(url: string, plan: Plan, scene: Scene, patience: Patience): Promise<Exchange[]> {
  const request = requestOf(plan, scene);
  const answers = isForService(request) ? await patience.send(url, request) : [await send(url, request)];
  const asker = askerOf(plan, scene);
  return answers.map((answer, turn) => {
    scene.memory.learn(operationAt(request), answer);
    return { request, answer, asker, isRepeated: turn < answers.length - 1 };
  });
}

function judge(exchange: Exchange, secrets: Secrets): string[] {
  const { request, answer } = exchange;
  const { method, path, headers, body = '' } = request;
  const asked = `${method} ${path} ${JSON.stringify(headers)} ${body}`.slice(0, SHOWN_CHARACTERS);
  const answered = `${answer.status} ${JSON.stringify(answer.headers)} ${answer.body}`.slice(0, SHOWN_CHARACTERS);
  return complaintsOf(exchange, secrets).map((complaint) => `${complaint}\n  ${asked}\n  → ${answered}`);
}
