import type { TcpProxy } from '@ticketing/common/testing';
import { servers } from '../harness/links';
import { knock, outages, served, servedLate, whileLost } from './doors';
import { frailShop } from './frail-shop';

jest.setTimeout(120_000);

const market = frailShop();

describe('a line loses its connections and nobody is told: it is noticed, and new ones serve', () => {
  test.each(outages)('$service and $server', async (line) => {
    const scene = await market.scene();
    market.links.between(line.service, line.server).lose();
    expect(await knock(scene, whileLost(line))).toEqual([]);
    await market.finish(scene);
    await market.tells(line, 'up');
    expect(await knock(await market.scene(), () => [served])).toEqual([]);
    await market.isWhole();
  });
});

describe.each([
  { what: 'are slow', hamper: (proxy: TcpProxy) => proxy.delay(100) },
  { what: 'are narrow', hamper: (proxy: TcpProxy) => proxy.throttle(30_000) },
])('all lines to a server $what: everything serves, only later, and nobody takes it for away', ({ hamper }) => {
  test.each(servers)('%s', async (server) => {
    const scene = await market.scene();
    for (const proxy of market.links.to(server)) hamper(proxy);
    expect(await knock(scene, ({ name }) => [name === 'pay' ? servedLate : served])).toEqual([]);
    await market.finish(scene);
    for (const line of outages.filter((other) => other.server === server)) await market.tells(line, 'up');
    await market.links.heal();
    await market.isWhole();
  });
});
