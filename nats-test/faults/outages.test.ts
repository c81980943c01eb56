import { doors, knock, whileDead } from '../harness/doors';
import { links } from '../harness/links';
import { FrailShop } from './frail-shop';

jest.setTimeout(120_000);

let market: FrailShop;

beforeAll(async () => {
  market = await FrailShop.open();
});
afterEach(() => market.links.heal());
afterAll(() => market.close());

const outages = links.map(([service, server]) => ({ service, server }));

describe.each([
  { what: 'is cut', fault: 'cut' },
  { what: 'hangs', fault: 'hang' },
] as const)('a line $what: its doors refuse in time, all others serve, health tells, and it heals', ({ fault }) => {
  test.each(outages)('$service and $server', async (outage) => {
    const scene = await market.scene();
    await market.links.between(outage.service, outage.server)[fault]();
    expect(await knock(scene, whileDead(outage))).toEqual([]);
    await market.tells(outage, 'down');
    expect(await knock(scene, whileDead(outage))).toEqual([]);
    await market.outboxIs('waiting', outage);
    await market.links.heal();
    await market.finish(scene);
    await market.tells(outage, 'up');
    await market.outboxIs('empty', outage);
    await market.isWhole();
  });
});

test('everything is cut but the database of tickets: tickets are listed, shown and offered', async () => {
  const scene = await market.scene();
  const others = outages.filter(({ service, server }) => service !== 'tickets' || server !== 'mongodb');
  await Promise.all(others.map(({ service, server }) => market.links.between(service, server).cut()));
  const ofTickets = doors.filter(({ service }) => service === 'tickets');
  const answers = await Promise.all(ofTickets.map((door) => door.ask(scene)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 201]);
  await market.links.heal();
  await market.finish(scene);
  await market.isWhole();
});
