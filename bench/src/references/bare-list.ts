import express from 'express';
import { mongo } from 'mongoose';
import { settingsOf } from './settings';

/**
 * The list of tickets as somebody would write it who wants nothing but speed: the driver and Express, without a check of
 * the input, a session, a log, a metric or a header. It asks MongoDB the same with the same hints and answers the same.
 */
const { port, mongoUri } = settingsOf<{ mongoUri: string }>();

const PAGE = 50;
const CANDIDATES = 1000;
const CATEGORIES = ['concert', 'sport', 'theatre', 'festival', 'conference', 'other'];
const byAge = { listedFor: 1, category: 1, createdAt: -1, _id: -1, price: 1, sellableUntil: 1 };
const byPrice = { listedFor: 1, category: 1, price: 1, _id: 1, sellableUntil: 1 };

interface Query {
  readonly q?: string;
  readonly category?: string;
  readonly minPrice?: string;
  readonly maxPrice?: string;
  readonly sort?: string;
}
interface Ticket {
  readonly _id: mongo.ObjectId;
  readonly createdAt: Date;
  readonly price: number;
}

const client = new mongo.MongoClient(mongoUri);
const tickets = client.db().collection('tickets');
const app = express().disable('etag').disable('x-powered-by');

app.get('/ready', (_req, res) => {
  res.send({});
});

app.get('/api/tickets', async (req, res) => {
  const query = req.query as Query;
  const found = await find(query);
  const page = found.slice(0, PAGE);
  if (found.length > PAGE) res.set('Link', `<${next(req.originalUrl, query, page.at(-1))}>; rel="next"`);
  res.send(page.map(shown));
});

function find(query: Query): Promise<Ticket[]> {
  const order = query.sort === 'price' ? { price: 1, _id: 1 } : { createdAt: -1, _id: -1 };
  const pipeline = [...candidates(query), { $sort: order }, { $limit: PAGE + 1 }, { $unset: HIDDEN }];
  const hint = query.q === undefined ? { hint: query.sort === 'price' ? byPrice : byAge } : {};
  return tickets.aggregate<Ticket>(pipeline, hint).toArray();
}

function candidates({ q, category, minPrice, maxPrice }: Query): object[] {
  const filter = {
    listedFor: 'everyone',
    sellableUntil: { $gt: new Date() },
    category: category ?? { $in: CATEGORIES },
    price: { $gte: Number(minPrice ?? 0), $lte: Number(maxPrice ?? Infinity) },
  };
  if (q === undefined) return [{ $match: filter }];
  const words = q.toLowerCase().split(' ');
  const longest = words.reduce((best, word) => (word.length > best.length ? word : best));
  const found = { $match: { ...filter, $text: { $search: longest } } };
  return [found, { $limit: CANDIDATES }, { $match: { words: { $all: words } } }];
}

const HIDDEN = ['words', 'orders', 'outbox', 'listedFor', 'sellableUntil', 'deletedAt'];

function shown({ _id, ...ticket }: Ticket) {
  return { id: _id.toHexString(), ...ticket };
}

function next(url: string, { sort }: Query, last: Ticket | undefined): string {
  const { pathname, searchParams } = new URL(url, 'http://any');
  const position = { at: sort === 'price' ? last?.price : last?.createdAt.getTime(), id: last?._id.toHexString() };
  searchParams.set('cursor', Buffer.from(JSON.stringify(position)).toString('base64url'));
  return `${pathname}?${searchParams.toString()}`;
}

void client.connect().then(() => app.listen(port, '127.0.0.1'));
