import { isDeepStrictEqual } from 'node:util';
import { perSecond, ratioFigure, type Figure } from '../figure';
import { bodyOf, insist } from '../load/ask';
import { rateOf } from '../load/cannon';
import { inTurns } from '../load/rounds';
import { Reference } from '../rig/reference';
import type { Rig } from '../rig/rig';
import type { Row } from './row';

const CONNECTIONS = 10;
const LEAST_RATIO = 0.85;

const searches = [
  '/api/tickets?category=concert&minPrice=20&maxPrice=200&sort=price',
  '/api/tickets?q=royal+hawks',
  '/api/tickets?category=theatre&maxPrice=250',
  '/api/tickets?q=quartet&minPrice=10&maxPrice=400&sort=price',
];

export const list: Row = {
  name: 'list',
  measure: (rig) =>
    compare(rig, 'list', `GET /api/tickets, 50 of ${rig.sizes.listings.toLocaleString('en')}`, ['/api/tickets']),
};

export const search: Row = {
  name: 'search',
  measure: (rig) => compare(rig, 'search', 'GET /api/tickets with search and filters', searches),
};

async function compare(rig: Rig, row: string, what: string, paths: readonly string[]): Promise<Figure[]> {
  const { sizes } = rig;
  await rig.stock.renew(sizes.listings);
  const reference = await Reference.start('bare-list', { mongoUri: rig.databaseUri('tickets') });
  try {
    for (const path of paths) await assertAlike(rig.url('tickets') + path, reference.url + path);
    const shots = paths.map((path) => ({ path }));
    const measure = (url: string, seconds = sizes.roundSeconds) =>
      rateOf({ url, seconds, connections: CONNECTIONS, shots });
    const subject = () => measure(rig.url('tickets'));
    for (const url of [rig.url('tickets'), reference.url]) await measure(url, sizes.warmUpSeconds);
    const compared = await inTurns(sizes.rounds, subject, () => measure(reference.url));
    return [ratioFigure({ row, what, least: LEAST_RATIO, show: perSecond }, compared)];
  } finally {
    await reference.stop();
  }
}

/** Two that do not answer the same can't be compared. */
async function assertAlike(one: string, other: string): Promise<void> {
  const [ours, bare] = await Promise.all([one, other].map(async (url) => bodyOf<object[]>(await insist(200, url))));
  if (ours?.length && isDeepStrictEqual(ours, bare)) return;
  throw new Error(`${one} answers ${ours?.length} tickets, and the reference ${bare?.length}, which are not the same`);
}
