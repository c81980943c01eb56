import { givenPlay } from '@ticketing/common/testing';
import { openMarket, playMarket, sayAllAgain, tallyOf } from '../harness/market';
import type { Stage } from '../harness/market-commands';
import { preload } from '../harness/preload';
import type { ShopOptions } from '../harness/shop';

jest.setTimeout(240_000);

const COMMANDS = 200;
const { seed = Math.floor(Math.random() * 2 ** 31) } = givenPlay();

let stage: Stage;
afterEach(() => stage.shop.close());

const open = async (options?: ShopOptions) => {
  stage = await openMarket(options);
};

test('a market at random, with crashes and repetitions in it: whenever it rests, all is as people were told', async () => {
  await open();
  process.stdout.write(`market: seed ${seed}\n`);
  await playMarket(stage, COMMANDS, seed);
  await sayAllAgain(stage);
  await stage.shop.comesToRest();
  process.stdout.write(`market: ${tallyOf(stage)}\n`);
  expect(stage.log.length).toBeGreaterThanOrEqual(200);
  expect(stage.shop.fallen).toEqual([]);
});

test('without the version check in tickets the market breaks (negative control)', async () => {
  await open({ adjust: preload([{ part: 'tickets', programs: ['without/order-versions'] }]) });
  const play = async () => {
    await playMarket(stage, 40, seed);
    await sayAllAgain(stage);
    await stage.shop.comesToRest();
  };
  await expect(play()).rejects.toThrow(/tickets does not know order|where it should be|can only/);
});
