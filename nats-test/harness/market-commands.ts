import type { PartName } from '@ticketing/local';
import fc from 'fast-check';
import type { Deed, DeedKind, Edit, Market, MarketOrder, MarketTicket } from './market-model';
import type { Order, Shop } from './shop';
import { insist, type Visitor } from './visitor';

/** The running system, and the people who use it: any of them sells and buys. */
export interface Stage {
  readonly shop: Shop;
  readonly people: readonly Visitor[];
  /** What was done, in short lines. */
  readonly log: string[];
  /** One part at a time is killed and started again. */
  repairs: Promise<void>;
}

interface Scene {
  readonly market: Market;
  readonly stage: Stage;
  readonly who: number;
  readonly what: number;
}

/** Something that can be done at times. */
interface Act {
  isPossible(market: Market): boolean;
  do(scene: Scene): Promise<void>;
}

/** Nobody thinks of what was there before these, so that those who act at once meet. */
const RECENT = 6;
const PARTS: PartName[] = ['tickets', 'orders', 'payments', 'expiration', 'mongodb', 'nats-streaming', 'redis'];

const atAnyTime = (act: Act['do']): Act => ({ isPossible: () => true, do: act });

function toOneOf<T>(find: (market: Market) => readonly T[], act: (target: T, scene: Scene) => Promise<void>): Act {
  return {
    isPossible: (market) => find(market).length > 0,
    do: (scene) => {
      const recent = find(scene.market).slice(-RECENT);
      return act(recent[scene.what % recent.length]!, scene);
    },
  };
}

const tickets = (market: Market) => market.tickets;
const openOrders = (market: Market) => market.openOrders;
const paidOrders = (market: Market) => market.paidOrders;

const acts = {
  list: atAnyTime(list),
  edit: toOneOf(tickets, edit),
  withdraw: toOneOf(tickets, withdraw),
  reserve: toOneOf(tickets, reserve),
  cancel: toOneOf(openOrders, cancel),
  pay: toOneOf(openOrders, (order, scene) => pay(order, 'pay', 'tok_visa', scene)),
  'pay with a bad card': toOneOf(openOrders, (order, scene) =>
    pay(order, 'pay with a bad card', 'tok_captureRefused', scene),
  ),
  'be declined': toOneOf(openOrders, beDeclined),
  refund: toOneOf(paidOrders, refund),
  'let expire': toOneOf(openOrders, letExpire),
  crash: atAnyTime(crash),
  redeliver: atAnyTime(redeliver),
  rest: atAnyTime(({ market, stage }) => rest(market, stage)),
};
type Kind = keyof typeof acts;

const dollars = (number: number) => 1 + (number % 900) / 4;
const personIn = ({ stage: { people }, who }: Scene) => people[who % people.length]!;
const buyerOf = ({ buyer }: MarketOrder, { stage }: Scene) => stage.people[buyer]!;

async function list(scene: Scene): Promise<void> {
  const price = dollars(scene.what);
  const { id } = await scene.stage.shop.list(personIn(scene), price);
  scene.market.list(id, scene.who % scene.stage.people.length, price);
}

async function edit(ticket: MarketTicket, { stage, what }: Scene): Promise<void> {
  const change: Edit = { price: dollars(what), answer: 'awaited' };
  ticket.edits.push(change);
  const body = { title: 'A better seat', price: change.price };
  const { status } = await insist(
    () => stage.people[ticket.seller]!.put(`/api/tickets/${ticket.id}`, body),
    [...[200, 404, 409]],
  );
  change.answer = status === 200 ? 'granted' : 'refused';
}

async function withdraw(ticket: MarketTicket, { stage }: Scene): Promise<void> {
  ticket.withdrawal ??= 'awaited';
  const { status } = await insist(
    () => stage.people[ticket.seller]!.delete(`/api/tickets/${ticket.id}`),
    [...[204, 404, 409]],
  );
  if (status !== 409) ticket.withdrawal = 'granted';
  else if (ticket.withdrawal === 'awaited') ticket.withdrawal = 'refused';
}

async function reserve(ticket: MarketTicket, scene: Scene): Promise<void> {
  const body = { ticketId: ticket.id };
  const answer = await insist(() => personIn(scene).post('/api/orders', body), [200, 201, 403, 409]);
  if (answer.status > 201) return;
  const { id, expiresAt } = answer.body as Order;
  scene.market.reserve(id, scene.who % scene.stage.people.length, ticket, Date.parse(expiresAt));
}

async function cancel(order: MarketOrder, scene: Scene): Promise<void> {
  const deed = begin(order, 'cancel');
  const { status } = await insist(() => buyerOf(order, scene).delete(`/api/orders/${order.id}`), [204, 409]);
  deed.answer = status === 204 ? 'granted' : 'refused';
}

async function pay(order: MarketOrder, kind: DeedKind, token: string, scene: Scene): Promise<void> {
  const deed = begin(order, kind);
  const { status } = await scene.stage.shop.pay(buyerOf(order, scene), order.id, token, [200, 201, 409]);
  deed.answer = status === 409 ? 'refused' : 'granted';
}

async function beDeclined(order: MarketOrder, scene: Scene): Promise<void> {
  await scene.stage.shop.pay(buyerOf(order, scene), order.id, 'tok_chargeDeclined', [200, 201, 409, 422]);
}

async function refund(order: MarketOrder, { stage }: Scene): Promise<void> {
  const deed = begin(order, 'refund');
  const { ending } = await stage.shop.operate('refund', order.id);
  deed.answer = ending === 'exit code 0' ? 'granted' : 'refused';
}

async function letExpire(order: MarketOrder, scene: Scene): Promise<void> {
  await scene.stage.shop.settled(buyerOf(order, scene), order);
}

async function crash({ stage, what }: Scene): Promise<void> {
  const part = stage.shop.system.part(PARTS[what % PARTS.length]!);
  stage.repairs = stage.repairs.then(async () => {
    await part.kill();
    await part.start();
  });
  await stage.repairs;
}

async function redeliver({ stage, what }: Scene): Promise<void> {
  const { said } = stage.shop;
  if (said.length > 0) await stage.shop.repeat(said[what % said.length]!);
}

/** Nothing is left to happen, and everything is as people were told. */
export async function rest(market: Market, { shop }: Pick<Stage, 'shop'>): Promise<void> {
  const world = await shop.comesToRest((found) => market.contradictions(found));
  market.learn(world);
}

function begin(order: MarketOrder, kind: DeedKind): Deed {
  const deed: Deed = { kind, answer: 'awaited' };
  order.deeds.push(deed);
  return deed;
}

type MarketCommand = fc.AsyncCommand<Market, Stage>;

class Single implements MarketCommand {
  constructor(
    private readonly kind: Kind,
    private readonly who: number,
    private readonly what: number,
    private readonly isOver: () => boolean,
  ) {}

  check(market: Readonly<Market>): boolean {
    return !this.isOver() && acts[this.kind].isPossible(market);
  }

  async run(market: Market, stage: Stage): Promise<void> {
    stage.log.push(this.toString());
    await acts[this.kind].do({ market, stage, who: this.who, what: this.what });
  }

  toString(): string {
    return `${this.kind} (${this.who}, ${this.what})`;
  }
}

/** Several things done at once. */
class Together implements MarketCommand {
  constructor(private readonly commands: readonly MarketCommand[]) {}

  check(market: Readonly<Market>): boolean {
    return this.commands.some((command) => command.check(market));
  }

  async run(market: Market, stage: Stage): Promise<void> {
    const possible = this.commands.filter((command) => command.check(market));
    const results = await Promise.allSettled(possible.map((command) => command.run(market, stage)));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }

  toString(): string {
    return `at once: ${this.commands.join(' + ')}`;
  }
}

/** How often each is done, in relation to the others. */
const people: Partial<Record<Kind, number>> = {
  list: 6,
  edit: 4,
  withdraw: 1,
  reserve: 14,
  cancel: 4,
  pay: 7,
  'pay with a bad card': 2,
  'be declined': 2,
  redeliver: 8,
};
const fate: Partial<Record<Kind, number>> = { 'let expire': 2, crash: 1, refund: 1, rest: 3 };

type IsOver = () => boolean;

function single(kinds: Partial<Record<Kind, number>>, isOver: IsOver): fc.Arbitrary<MarketCommand> {
  const ofKind = (kind: Kind) =>
    fc.tuple(fc.nat(99), fc.nat(9999)).map(([who, what]) => new Single(kind, who, what, isOver));
  const weights = Object.entries(kinds) as [Kind, number][];
  return fc.oneof(...weights.map(([kind, weight]) => ({ weight, arbitrary: ofKind(kind) })));
}

function together(isOver: IsOver): fc.Arbitrary<MarketCommand> {
  const command = fc.oneof(
    { weight: 12, arbitrary: single(people, isOver) },
    { weight: 1, arbitrary: single({ crash: 1, refund: 1 }, isOver) },
  );
  return fc.array(command, { minLength: 2, maxLength: 6 }).map((commands) => new Together(commands));
}

/** A play of at least so many commands, each of which may be several at once; after it `isOver` none is begun. */
export function marketPlays(commands: number, isOver: IsOver): fc.Arbitrary<Iterable<MarketCommand>> {
  const command = fc.oneof(
    { weight: 49, arbitrary: single(people, isOver) },
    { weight: 5, arbitrary: single(fate, isOver) },
    { weight: 14, arbitrary: together(isOver) },
  );
  return fc
    .commands([command], { maxCommands: commands + commands / 4, size: 'max' })
    .filter((play) => [...play].length >= commands);
}
