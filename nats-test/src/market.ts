import { parseArgs } from 'node:util';
import { openMarket, playMarket, tallyOf } from '../harness/market';
import type { Stage } from '../harness/market-commands';
import { runCommand } from './command-line';

const help = `Plays a market at random on a system of its own, for a while: people list, edit, withdraw, reserve, cancel and pay,
cards are declined, times run out, processes crash, events come again. Whenever it rests, everything has to be as
people were told.

  npm run market -- [--minutes N] [--seed N]

  --minutes  how long, 5 if not given; Ctrl-C ends it sooner
  --seed     of the first play; each further one takes the next number
`;

const COMMANDS = 200;
const REPORT_MILLISECONDS = 10_000;

void runCommand(help, async (args) => {
  const { minutes, seed } = readOptions(args);
  const begin = Date.now();
  let end = begin + minutes * 60_000;
  process.once('SIGINT', () => (end = 0)).once('SIGTERM', () => (end = 0));
  const stage = await openMarket();
  const report = setInterval(() => say(`${seconds(begin)} s: ${tallyOf(stage)}`), REPORT_MILLISECONDS);
  try {
    for (let play = 0; Date.now() < end; play += 1) {
      say(`play ${play + 1}: seed ${seed + play}`);
      await playMarket(stage, COMMANDS, seed + play, () => Date.now() >= end);
    }
    await audit(stage);
  } finally {
    clearInterval(report);
    await stage.shop.close();
  }
});

/** The last word, when the market is closed. */
async function audit(stage: Stage): Promise<void> {
  await stage.shop.comesToRest();
  if (stage.shop.fallen.length > 0) throw new Error(`ended by themselves: ${stage.shop.fallen.join(', ')}`);
  const { ending, said } = await stage.shop.operate('audit');
  say(said);
  if (ending !== 'exit code 0') throw new Error('the money is not where it should be');
  say(`${tallyOf(stage)}: everything is as it must be`);
}

function readOptions(args: string[]): { minutes: number; seed: number } {
  const { values } = parseArgs({ args, options: { minutes: { type: 'string' }, seed: { type: 'string' } } });
  const { minutes = '5', seed = String(Math.floor(Math.random() * 2 ** 31)) } = values;
  return { minutes: positive('--minutes', minutes), seed: positive('--seed', seed) };
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (number > 0) return number;
  throw new Error(`${name} is "${text}"; a number above 0 is needed.`);
}

const seconds = (begin: number) => Math.round((Date.now() - begin) / 1000);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
