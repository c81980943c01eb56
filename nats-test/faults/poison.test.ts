import type { ServiceName } from '@ticketing/local';
import { waitFor } from '@ticketing/common/testing';
import { preload } from '../harness/preload';
import { Shop, type Order } from '../harness/shop';
import type { Visitor } from '../harness/visitor';

jest.setTimeout(120_000);

const OVER_THE_LIMIT = 1_048_577;
const UNDER_THE_LIMIT = 1_000_000;
const LIMIT = 30_000;

let shop: Shop;
let seller: Visitor;
let buyer: Visitor;

async function open(adjust?: Parameters<typeof Shop.open>[1]): Promise<void> {
  shop = await Shop.open({}, adjust);
  [seller, buyer] = (await shop.visitors(2)) as [Visitor, Visitor];
}
afterEach(() => shop.close());

const listed = async (service: ServiceName) => (await shop.operate('events', 'list', service)).said;

/** A metric of a service; the sum over its labels as far as they are not given. */
async function metric(service: ServiceName, name: string, ...labels: string[]): Promise<number> {
  const response = await fetch(`${shop.system.part(service).url}/metrics`);
  const lines = (await response.text()).split('\n').filter((line) => new RegExp(`^${name}[ {]`).test(line));
  const wanted = lines.filter((line) => labels.every((label) => line.includes(label)));
  return wanted.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

const becomes = (count: number, service: ServiceName, name: string, ...labels: string[]) =>
  waitFor(
    async () => (await metric(service, name, ...labels)) === count,
    `${name} of ${service} to be ${count}`,
    LIMIT,
  );

async function newOrder(): Promise<Order> {
  const ticket = await shop.list(seller);
  return shop.reserve(buyer, ticket.id);
}

async function eventOf(order: Order): Promise<object> {
  return waitFor(() => shop.said.find(({ type, subject }) => type === 'order:created' && subject === order.id));
}

describe('messages that are no events', () => {
  test('are dead at once in every service, each with its reason; the rest flows on, and they can be dropped', async () => {
    await open();
    const event = await eventOf(await newOrder());
    const poisons: [string, string, RegExp][] = [
      ['invalid JSON', '{"id":"cut-off', /not JSON/],
      [
        'a wrong schema',
        JSON.stringify({ ...event, id: 'wrong-schema', data: { id: 1 } }),
        /data of order:created: id/,
      ],
      ['an unknown type', JSON.stringify({ ...event, id: 'unknown-type', type: 'order:made' }), /type "order:made"/],
      ['an unknown version', JSON.stringify({ ...event, id: 'unknown-version', specversion: '2.0' }), /specversion/],
      ['a megabyte of it', 'x'.repeat(UNDER_THE_LIMIT), /not JSON/],
    ];
    for (const [, payload] of poisons) await shop.say('order:created', payload);

    const ticket = await shop.list(seller);
    await shop.buy(buyer, ticket);
    for (const service of ['tickets', 'payments'] as const) {
      await becomes(poisons.length, service, 'dead_events');
      await becomes(poisons.length, service, 'events_handled_total', 'order:created', 'invalid');
      const output = await listed(service);
      for (const [, , reason] of poisons) expect(output).toMatch(reason);
      expect(output.match(/dead +1 attempt/g)).toHaveLength(poisons.length);
    }
    await becomes(poisons.length, 'expiration', 'events_handled_total', 'order:created', 'invalid');

    // What is poison stays poison, however often it is tried. In the list one death looks like the other.
    const parked = shop.database('tickets').collection<{ _id: string; deadAt?: Date }>('parked_events');
    const death = async () => (await parked.findOne({ _id: 'wrong-schema' }))?.deadAt?.getTime() ?? 0;
    const first = await death();
    await shop.operate('events', 'retry', 'tickets', 'wrong-schema');
    await waitFor(async () => (await death()) > first, 'the second death', LIMIT);
    expect(await listed('tickets')).toMatch(/wrong-schema.* dead +1 attempt/);
    for (const service of ['tickets', 'payments']) await shop.operate('events', 'drop', service, '--all');
    await becomes(0, 'tickets', 'dead_events');
    await shop.comesToRest();
  });

  test('too large for the broker: refused to whoever says it, and nobody else notices; just below: handled', async () => {
    await open();
    const event = await eventOf(await newOrder());
    const padded = (bytes: number) => JSON.stringify({ ...event, padding: 'x'.repeat(bytes) });
    await expect(shop.say('order:created', padded(OVER_THE_LIMIT))).rejects.toThrow(/over \d+/);
    await becomes(1, 'tickets', 'events_handled_total', 'order:created', 'handled');
    await shop.say('order:created', padded(UNDER_THE_LIMIT));
    await becomes(2, 'tickets', 'events_handled_total', 'order:created', 'handled');
    await shop.buy(buyer, await shop.list(seller));
    await shop.comesToRest();
  });
});

describe('a handler of tickets', () => {
  let isBroken = true;
  const openBroken = (program: string) => {
    isBroken = true;
    return open({ adjust: preload([{ part: 'tickets', programs: [program] }], () => isBroken) });
  };
  const mend = async () => {
    isBroken = false;
    await shop.system.part('tickets').restart();
  };

  test('that always throws: its event is dead with the reason, the sale goes on, and a retry brings it home', async () => {
    await openBroken('with/throwing-handler');
    const ticket = await shop.list(seller);
    const order = await shop.buy(buyer, ticket);
    await becomes(1, 'tickets', 'dead_events');
    await becomes(1, 'tickets', 'events_handled_total', 'order:created', 'failed');
    expect(await metric('tickets', 'events_handled_total', 'order:completed', 'handled')).toBe(1);
    const { id } = (await eventOf(order)) as { id: string };
    expect(await listed('tickets')).toMatch(new RegExp(`${id} .*dead +2 attempt.*Error: no such luck`));

    await mend();
    expect((await shop.operate('events', 'retry', 'tickets', id)).said).toMatch(/1 event/);
    await becomes(0, 'tickets', 'dead_events');
    await shop.comesToRest();
  });

  test('that never ends: its event is parked with the reason, what comes after is handled, and it is tried again', async () => {
    await openBroken('with/hanging-handler');
    const ticket = await shop.list(seller);
    const order = await shop.buy(buyer, ticket);
    await becomes(1, 'tickets', 'parked_events');
    await becomes(1, 'tickets', 'events_handled_total', 'order:created', 'failed');
    const { id } = (await eventOf(order)) as { id: string };
    expect(await listed('tickets')).toMatch(new RegExp(`${id} .*next try.*order:created took longer than 0.3 s`));

    await mend();
    await shop.operate('events', 'retry', 'tickets', '--all');
    await becomes(0, 'tickets', 'parked_events');
    await shop.comesToRest();
  });
});
