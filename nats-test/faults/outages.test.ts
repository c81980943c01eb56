import { factsOf, SERVICES } from '@ticketing/local';
import { doors, knock, outages, whileDead } from './doors';
import { frailShop } from './frail-shop';

jest.setTimeout(120_000);

const market = frailShop();

test('every route of every service has a door', async () => {
  const facts = await Promise.all(SERVICES.map(factsOf));
  const routes = facts.flatMap(({ name, routes: own }) => own.map((route) => `${name}: ${route.name}`));
  expect(new Set(doors.map(({ service, route }) => `${service}: ${route}`))).toEqual(new Set(routes));
});

describe.each([
  { what: 'is cut', fault: 'cut' },
  { what: 'hangs', fault: 'hang' },
] as const)('a line $what: its doors refuse in time, all others serve, health tells, and it heals', ({ fault }) => {
  test.each(outages)('$service and $server', async (outage) => {
    const [scene, next] = await Promise.all([market.scene(), market.scene()]);
    await market.links.between(outage.service, outage.server)[fault]();
    expect(await knock(scene, whileDead(outage))).toEqual([]);
    await market.tells(outage, 'down');
    expect(await knock(next, whileDead(outage))).toEqual([]);
    await market.outboxIs('waiting', outage);
    await market.links.heal();
    await Promise.all([scene, next].map((begun) => market.finish(begun)));
    await market.tells(outage, 'up');
    await market.outboxIs('empty', outage);
    await market.isWhole();
  });
});

test('everything is cut but the database of tickets: tickets are listed, shown, offered, edited and withdrawn', async () => {
  const scene = await market.scene();
  const others = outages.filter(({ service, server }) => service !== 'tickets' || server !== 'mongodb');
  await Promise.all(others.map(({ service, server }) => market.links.between(service, server).cut()));
  const ofTickets = doors.filter(({ service }) => service === 'tickets');
  const answers = await Promise.all(ofTickets.map((door) => door.ask(scene)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 201, 200, 204]);
  await market.links.heal();
  await market.finish(scene);
  await market.isWhole();
});
