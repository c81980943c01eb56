import fc from 'fast-check';
import { marketPlays, rest, type Stage } from './market-commands';
import { Market } from './market-model';
import { Shop, type ShopOptions } from './shop';

const PEOPLE = 6;
/** Long enough to pay in, short enough to be waited for. */
const WINDOW_SECONDS = 6;
const SHOWN_LINES = 40;

/** A system of its own, with people in it. */
export async function openMarket(options: ShopOptions = {}): Promise<Stage> {
  const shop = await Shop.open({ EXPIRATION_WINDOW_SECONDS: String(WINDOW_SECONDS) }, options);
  return { shop, people: await shop.visitors(PEOPLE), log: [], repairs: Promise.resolve() };
}

/**
 * Plays in the market what `seed` makes of chance, and lets it come to rest. The same seed makes the same commands; how
 * those that are at once meet is up to the machine, and so a failure is told as it was and not shrunk.
 * @param isOver is asked before each command
 * @throws Error with the seed, what was done last, and what is wrong
 */
export async function playMarket(stage: Stage, commands: number, seed: number, isOver = () => false): Promise<void> {
  const [play] = fc.sample(marketPlays(commands, isOver), { numRuns: 1, seed });
  const market = new Market();
  try {
    await fc.asyncModelRun(() => ({ model: market, real: stage }), play!);
    await rest(market, stage);
  } catch (error) {
    const lines = stage.log.slice(-SHOWN_LINES).map((line) => `  ${line}`);
    throw new Error([`the market broke with seed ${seed}, after`, ...lines, String(error)].join('\n'), {
      cause: error,
    });
  }
}

/** Everything that was ever said is said once more, the newest first. */
export async function sayAllAgain({ shop }: Stage): Promise<void> {
  for (const event of [...shop.said].reverse()) await shop.repeat(event);
}

/** How many of each command there were. */
export function tallyOf({ log }: Stage): string {
  const counts = new Map<string, number>();
  for (const line of log) {
    const kind = line.replace(/ \(.*/, '');
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
}
