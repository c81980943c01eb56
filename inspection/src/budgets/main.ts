import { buildClient, Fault, inClone, say, step } from '@ticketing/local';
import { runCommand } from '../run-command';
import { Shop } from '../shop';
import { BarePage } from './bare-page';
import { askLighthouse } from './lighthouse';
import { measureTimings } from './measure-timings';
import { excesses, sizeRows, sizesOf, type Size } from './sizes';
import { table } from './table';

const help = `npm run budgets       weighs the client's pages and measures how fast they come
  -- --sizes          only weighs them, which needs no running system`;

runCommand(async (args) => {
  if (args.some((arg) => arg !== '--sizes')) throw new Fault(help);
  await buildClient(() => undefined);
  const sizes = sizesOf(inClone('client', '.next'));
  if (args.includes('--sizes')) return judge(sizes);
  const bare = await step('building a bare page', () => BarePage.open());
  try {
    const tables = await measure(bare.url);
    const holds = judge(sizes, bare.size);
    for (const rows of tables) say(`\n${table(rows)}`);
    return holds;
  } finally {
    await bare.close();
  }
});

async function measure(bareUrl: string): Promise<string[][][]> {
  const shop = await Shop.open();
  try {
    await shop.fill();
    const timings = await step('measuring', (report) => measureTimings(shop, bareUrl, report));
    const marks = await step('asking Lighthouse', (report) => askLighthouse(shop, bareUrl, report));
    return [timings, marks];
  } finally {
    await shop.close();
  }
}

function judge(sizes: readonly Size[], bare?: Size): boolean {
  say(table(sizeRows(sizes, bare)));
  const over = sizes.flatMap(excesses);
  for (const excess of over) say(`Over the budget: ${excess}`);
  return over.length === 0;
}
