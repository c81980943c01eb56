import { ticketCategorySchema } from '@ticketing/common';
import { newId, signIn, testService } from '@ticketing/common/testing';
import { Types, type Aggregate } from 'mongoose';
import { Ticket, type TicketDocument } from '../../src/models/ticket';
import { unlistPastTickets } from '../../src/operations/unlist-past-tickets';
import { tickets } from '../../src/service';
import { inHours, orderFor, sellerAt, type TicketJson } from '../fixtures/seller';

const service = testService(tickets);
const categories = ticketCategorySchema.options;
type Query = Record<string, unknown>;
type Stored = Pick<
  TicketDocument,
  '_id' | 'price' | 'category' | 'userId' | 'createdAt' | 'sellableUntil' | 'listedFor' | 'words'
>;

const list = (query: Query = {}, cookie = signIn()) =>
  service.api().get('/api/tickets').set('Cookie', cookie).query(query);
const idsOf = (answer: { body: unknown }) => (answer.body as TicketJson[]).map(({ id }) => id);
const linkOf = (answer: { headers: unknown }) => (answer.headers as { link?: string }).link;

/** The pages of a list, by the links from one to the next. */
async function* pagesOf(query: Query, cookie?: string): AsyncGenerator<string[]> {
  let answer = await list(query, cookie).expect(200);
  for (;;) {
    yield idsOf(answer);
    const next = /^<(\/api\/tickets\?[^>]+)>; rel="next"$/.exec(linkOf(answer) ?? '')?.[1];
    if (next === undefined) return;
    answer = await service
      .api()
      .get(next)
      .set('Cookie', cookie ?? '')
      .expect(200);
  }
}

async function walk(query: Query, cookie?: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of pagesOf(query, cookie)) ids.push(...page);
  return ids;
}

/** Documents as saves would have made them, put in at once: `about` says in what they differ. */
async function fill(count: number, about: (index: number) => Partial<Stored>): Promise<Stored[]> {
  const model = new Ticket({ title: 'A seat in the stalls', price: 40, category: 'other', userId: newId() });
  await model.validate();
  const template = { ...model.toObject(), version: 0, createdAt: new Date() };
  const rows = Array.from({ length: count }, (_, index) => ({
    ...template,
    _id: new Types.ObjectId(),
    ...about(index),
  }));
  await Ticket.collection.insertMany(rows);
  return rows;
}

/** The time of a ticket comes. */
async function begin({ id }: TicketJson): Promise<void> {
  const past = new Date(Date.now() - 1000);
  const change = { $set: { startsAt: past, sellableUntil: past } };
  await Ticket.collection.updateOne({ _id: new Types.ObjectId(id) }, change);
}

/** A generator of numbers from 0 up to `below` that gives the same ones in each run. */
function dice(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

describe('what is listed', () => {
  test('tickets that can be bought, newest first, each as it is shown by itself', async () => {
    const { lists } = sellerAt(service);
    const first = await lists({ title: 'First' });
    const second = await lists({ title: 'Second', startsAt: inHours(3) });
    const { body } = await service.api().get('/api/tickets').expect(200);
    expect(body).toEqual([second, first]);
    expect((await service.api().get(`/api/tickets/${first.id}`)).body).toEqual(first);
  });

  test('filters and their combination', async () => {
    const { lists } = sellerAt(service);
    const cheap = await lists({ price: 10, category: 'sport' });
    const middle = await lists({ price: 20.5, category: 'concert' });
    const dear = await lists({ price: 30, category: 'concert' });
    const found = async (query: Query) => new Set(idsOf(await list(query).expect(200)));
    expect(await found({ category: 'concert' })).toEqual(new Set([middle.id, dear.id]));
    expect(await found({ minPrice: 20.5 })).toEqual(new Set([middle.id, dear.id]));
    expect(await found({ maxPrice: '20.50' })).toEqual(new Set([cheap.id, middle.id]));
    expect(await found({ minPrice: 0, maxPrice: 20, category: 'sport' })).toEqual(new Set([cheap.id]));
    expect(await found({ minPrice: 30, maxPrice: 10 })).toEqual(new Set());
    expect(await found({ category: '', minPrice: '', maxPrice: ' ', q: '', sort: '' })).toEqual(
      new Set([cheap.id, middle.id, dear.id]),
    );
  });

  test('sorted by price, both ways, and by date, where those without one come last', async () => {
    const { lists } = sellerAt(service);
    const [dear, cheap, middle] = [
      await lists({ price: 100 }),
      await lists({ price: 9.5, startsAt: inHours(50) }),
      await lists({ price: 20, startsAt: inHours(2) }),
    ] as const;
    expect(idsOf(await list({ sort: 'price' }))).toEqual([cheap.id, middle.id, dear.id]);
    expect(idsOf(await list({ sort: '-price' }))).toEqual([dear.id, middle.id, cheap.id]);
    expect(idsOf(await list({ sort: 'date' }))).toEqual([middle.id, cheap.id, dear.id]);
    expect(idsOf(await list({ sort: 'newest' }))).toEqual([middle.id, cheap.id, dear.id]);
  });

  test('wrong filters: 400 at the field, and never a look into the database', async () => {
    const wrong: [string, unknown][] = [
      ['category', 'opera'],
      ['category', ['sport', 'concert']],
      ['minPrice', '-1'],
      ['minPrice', '1e3'],
      ['maxPrice', '0x10'],
      ['maxPrice', ['1', '2']],
      ['maxPrice', '1.005'],
      ['sort', 'title'],
      ['sort', 'constructor'],
      ['sort', ['price', 'date']],
      ['seller', newId()],
      ['q', ['a', 'b']],
      ['q', 'x'.repeat(201)],
      ['limit', '0'],
      ['limit', '101'],
      ['limit', '2.5'],
      ['limit', 'all'],
      ['cursor', 'x'],
      ['cursor', Buffer.from('{"at":1}').toString('base64url')],
      ['cursor', Buffer.from('{"at":"1","id":{"$ne":1}}').toString('base64url')],
      ['cursor', Buffer.from(`{"at":1e99,"id":"${newId()}"}`).toString('base64url')],
      ['cursor', Buffer.from('null').toString('base64url')],
    ];
    const search = jest.spyOn(Ticket, 'aggregate');
    for (const [field, value] of wrong) {
      const { body } = await list({ [field]: value }).expect(400);
      expect(body).toMatchObject({ errors: [{ code: 'validation_failed', field }] });
    }
    expect(search).not.toHaveBeenCalled();
    search.mockRestore();
  });

  test('operators in the query are nothing but unknown fields', async () => {
    const { id } = await sellerAt(service).lists();
    const answer = await service.api().get('/api/tickets?q[$ne]=x&category[$in]=sport&$where=1&seller[]=me');
    expect(answer.status).toBe(200);
    expect(idsOf(answer)).toEqual([id]);
  });
});

describe('one’s own tickets', () => {
  test('all of them, whatever their status, and nobody else’s', async () => {
    const me = sellerAt(service);
    await sellerAt(service).lists();
    const [free, reserved, sold, past, withdrawn] = [
      await me.lists({ price: 1 }),
      await me.lists({ price: 2 }),
      await me.lists({ price: 3 }),
      await me.lists({ price: 4, startsAt: inHours(1) }),
      await me.lists({ price: 5 }),
    ] as const;
    const sale = orderFor(sold);
    await service.deliver(orderFor(reserved).created, sale.created, sale.completed);
    await me.delete(withdrawn.id).expect(204);
    await begin(past);
    await unlistPastTickets();

    expect(idsOf(await me.list({ seller: 'me' }))).toEqual([past.id, sold.id, reserved.id, free.id]);
    expect(idsOf(await me.list({ seller: 'me', sort: 'price' }))).toEqual([free.id, reserved.id, sold.id, past.id]);
    expect(idsOf(await me.list({ seller: 'me', minPrice: 2, maxPrice: 3 }))).toEqual([sold.id, reserved.id]);
    expect(idsOf(await me.list())).toContain(free.id);
    expect(idsOf(await me.list())).toHaveLength(2);
  });

  test('by words and filters too', async () => {
    const me = sellerAt(service);
    await sellerAt(service).lists({ title: 'Jazz at night' });
    const mine = await me.lists({ title: 'Jazz at night', category: 'concert' });
    await me.lists({ title: 'Rock at night' });
    expect(idsOf(await me.list({ seller: 'me', q: 'night jazz' }))).toEqual([mine.id]);
    expect(idsOf(await me.list({ seller: 'me', q: 'jazz', category: 'sport' }))).toEqual([]);
  });

  test('not signed in: 401, before anything else is looked at', async () => {
    const answer = await service.api().get('/api/tickets').query({ seller: 'me', limit: 'all' }).expect(401);
    expect(answer.body).toMatchObject({ errors: [{ code: 'not_authenticated' }] });
  });
});

describe('words', () => {
  const found = async (q: string) => idsOf(await list({ q }).expect(200));

  test('in title, place or description; without regard to case, accents and punctuation', async () => {
    const { lists } = sellerAt(service);
    const ticket = await lists({ title: 'BEYONCÉ: live!', venue: 'Mühle', description: 'Row 3, on the aisle' });
    await lists({ title: 'Something else' });
    for (const q of ['beyonce', 'Beyoncé', 'beyonce\u0301', 'muhle', 'AISLE', 'live', '3', 'row beyonce muhle']) {
      expect(await found(q)).toEqual([ticket.id]);
    }
    expect(await found('bey')).toEqual([]);
  });

  test('a ticket must have all of them, the common ones too', async () => {
    const { lists } = sellerAt(service);
    const who = await lists({ title: 'The Who' });
    const other = await lists({ title: 'The Others' });
    expect(await found('the who')).toEqual([who.id]);
    expect(await found('The')).toEqual([other.id, who.id]);
    expect(await found('the nobody')).toEqual([]);
  });

  test('what means something to MongoDB’s own search is punctuation here', async () => {
    const { lists } = sellerAt(service);
    const ticket = await lists({ title: 'Jazz in Berlin' });
    expect(await found('jazz -berlin')).toEqual([ticket.id]);
    expect(await found('"berlin jazz"')).toEqual([ticket.id]);
    expect(await found('!!! "" -')).toEqual([]);
  });

  test('an edit changes what a ticket is found by', async () => {
    const { lists, put } = sellerAt(service);
    const { id } = await lists({ title: 'Jazz', description: 'Sofa' });
    await put(id, { title: 'Rock', price: 10 }).expect(200);
    expect([await found('jazz'), await found('sofa'), await found('rock')]).toEqual([[], [], [id]]);
  });
});

describe('pages', () => {
  test('fifty at a time unless asked otherwise; the last page has no link', async () => {
    await fill(51, (index) => ({ createdAt: new Date(1e12 + index) }));
    const first = await list().expect(200);
    expect(idsOf(first)).toHaveLength(50);
    expect(linkOf(first)).toMatch(/^<\/api\/tickets\?cursor=[\w-]+>; rel="next"$/);
    const all = await list({ limit: 51 });
    expect(idsOf(all)).toHaveLength(51);
    expect(linkOf(all)).toBeUndefined();
  });

  test('any filter, any order: the pages together are exactly what a plain look at all tickets gives', async () => {
    const roll = dice(7);
    const words = ['jazz', 'rock', 'night'];
    const me = newId();
    const now = Date.now();
    const rows = await fill(400, () => {
      const listedFor = (['everyone', 'everyone', 'seller', 'nobody'] as const)[roll(4)]!;
      return {
        price: 10 + roll(8) / 2,
        category: categories[roll(6)]!,
        userId: roll(2) === 0 ? me : newId(),
        createdAt: new Date(now - roll(20)),
        sellableUntil: new Date(now + (roll(5) - 1) * 3_600_000),
        words: words.filter(() => roll(2) === 0),
        listedFor,
      };
    });
    const keys = { newest: 'createdAt', price: 'price', '-price': 'price', date: 'sellableUntil' } as const;
    const expected = (query: Query & { sort: keyof typeof keys; q?: string }) => {
      const direction = ['newest', '-price'].includes(query.sort) ? -1 : 1;
      const place = (row: Stored) => Number(row[keys[query.sort]]);
      return rows
        .filter((row) =>
          query.seller === 'me'
            ? row.userId === me && row.listedFor !== 'nobody'
            : row.listedFor === 'everyone' && row.sellableUntil.getTime() > now,
        )
        .filter(({ category }) => query.category === undefined || category === query.category)
        .filter(({ price }) => price >= Number(query.minPrice ?? 0) && price <= Number(query.maxPrice ?? 1e6))
        .filter((row) => (query.q?.split(' ') ?? []).every((word) => row.words.includes(word)))
        .sort((a, b) => direction * (place(a) - place(b) || a._id.toHexString().localeCompare(b._id.toHexString())))
        .map(({ _id }) => _id.toHexString());
    };

    for (let round = 0; round < 40; round += 1) {
      const query = {
        sort: (['newest', 'price', '-price', 'date'] as const)[round % 4]!,
        limit: 1 + roll(40),
        ...(roll(2) === 0 && { category: categories[roll(6)]! }),
        ...(roll(2) === 0 && { minPrice: String(10 + roll(6) / 2) }),
        ...(roll(2) === 0 && { maxPrice: String(11 + roll(6) / 2) }),
        ...(roll(3) === 0 && { q: words.slice(roll(2)).join(' ') }),
        ...(roll(3) === 0 && { seller: 'me' }),
      };
      expect({ query, ids: await walk(query, signIn(me)) }).toEqual({ query, ids: expected(query) });
    }
  });

  test('what comes and goes between two pages neither repeats nor hides the others', async () => {
    const rows = await fill(9, (index) => ({ createdAt: new Date(1e12 + index), price: 10 }));
    const seen: string[] = [];
    for await (const page of pagesOf({ limit: 3, sort: 'price' })) {
      seen.push(...page);
      await fill(1, () => ({ price: 9 }));
      await Ticket.collection.updateOne({ _id: new Types.ObjectId(page.at(-1)) }, { $set: { listedFor: 'seller' } });
    }
    expect(seen).toEqual(rows.map(({ _id }) => _id.toHexString()));
  });

  test('a cursor of one order used with another gives some page, never an error', async () => {
    await fill(4, (index) => ({ price: 10.5 + index }));
    const cursor = /cursor=([\w-]+)/.exec(linkOf(await list({ sort: 'price', limit: 1 })) ?? '')?.[1];
    for (const sort of ['newest', '-price', 'date']) await list({ sort, cursor }).expect(200);
  });
});

describe('tickets whose time has passed', () => {
  afterEach(() => jest.restoreAllMocks());
  const stored = (id: string) => Ticket.findById(id).orFail();

  test('not listed from that moment on, swept or not; shown by themselves all the same', async () => {
    const { lists } = sellerAt(service);
    const ticket = await lists({ title: 'Jazz', startsAt: inHours(1) });
    await begin(ticket);
    for (const sweep of [() => Promise.resolve(), unlistPastTickets]) {
      await sweep();
      expect(idsOf(await list())).toEqual([]);
      expect(idsOf(await list({ q: 'jazz' }))).toEqual([]);
      expect(idsOf(await list({ sort: 'date' }))).toEqual([]);
      await service.api().get(`/api/tickets/${ticket.id}`).expect(200);
    }
  });

  test('the sweep takes them from the lists’ indexes, without a version, an event or a look at any other', async () => {
    const { lists } = sellerAt(service);
    const [past, ahead, timeless] = [
      await lists({ startsAt: inHours(1) }),
      await lists({ startsAt: inHours(1) }),
      await lists(),
    ] as const;
    await begin(past);
    await unlistPastTickets();
    const states = await Promise.all([past, ahead, timeless].map(({ id }) => stored(id)));
    expect(states.map(({ listedFor, version }) => [listedFor, version])).toEqual([
      ['seller', 0],
      ['everyone', 0],
      ['everyone', 0],
    ]);
    expect(await service.published('ticket:updated')).toEqual([]);
  });

  const putOffWhileSwept = async () => {
    const { lists, put } = sellerAt(service);
    const ticket = await lists({ startsAt: inHours(1) });
    await begin(ticket);
    const save = Ticket.prototype.save as (this: TicketDocument) => Promise<TicketDocument>;
    jest.spyOn(Ticket.prototype, 'save').mockImplementationOnce(async function (this: unknown) {
      await unlistPastTickets();
      return save.call(this as TicketDocument);
    });
    await put(ticket.id, { title: 'Put off', price: 10, startsAt: inHours(5) }).expect(200);
    return ticket.id;
  };

  test('put off to a later time in the very moment of the sweep: it is listed again', async () => {
    const id = await putOffWhileSwept();
    expect(idsOf(await list())).toEqual([id]);
  });

  test('writing the list field only when it seems to have changed would hide that ticket for good (negative control)', async () => {
    jest.spyOn(Ticket.prototype, 'markModified').mockReturnValue(undefined);
    await putOffWhileSwept();
    expect(idsOf(await list())).toEqual([]);
  });
});

describe('what a search costs', () => {
  interface Plan {
    executionStats?: { nReturned: number; totalDocsExamined: number; executionStages: object };
    stages?: { $cursor?: Plan }[];
  }
  interface Cost {
    returned: number;
    examined: number;
    stages: string;
  }
  const NOW = Date.now();
  const me = newId();
  const common = { createdAt: new Date(NOW), price: 500, words: ['jazz', 'night'], category: 'concert' as const };

  /**
   * 20,000 tickets, of which the filters want few and those the last to be come by: nearly all have the same price, were
   * made in the same millisecond and have the same words; most are past, taken or withdrawn.
   */
  const crowd = () =>
    fill(20_000, (index) => {
      const isRare = index % 400 === 0;
      const kinds = ['everyone', 'past', 'seller', 'nobody'] as const;
      const kind = kinds[isRare ? 0 : index % 4]!;
      return {
        ...common,
        ...(isRare && {
          price: 20 + (index % 7),
          createdAt: new Date(NOW - 1e9),
          category: 'sport' as const,
          words: ['jazz', 'berlin'],
        }),
        sellableUntil: new Date(NOW + (kind === 'past' ? -1 : 1) * 3_600_000),
        listedFor: kind === 'past' ? 'everyone' : kind,
        userId: index % 3 === 0 ? me : newId(),
      };
    });

  const explain = async (command: object): Promise<Cost> => {
    const plan = (await Ticket.db.db!.command({ explain: command, verbosity: 'executionStats' })) as Plan;
    const stats = plan.executionStats ?? plan.stages?.[0]?.$cursor?.executionStats;
    const { nReturned, totalDocsExamined, executionStages } = stats!;
    return { returned: nReturned, examined: totalDocsExamined, stages: JSON.stringify(executionStages) };
  };
  const costOf = (search: Aggregate<unknown>) =>
    explain({ aggregate: Ticket.collection.name, pipeline: search.pipeline(), cursor: {}, ...search.options });

  test('whatever is asked of 20,000 tickets: at most 3 examined for each returned; with words at most 1,000', async () => {
    await crowd();
    const filters: Query[] = [
      {},
      { minPrice: 10, maxPrice: 30 },
      { category: 'sport' },
      { category: 'festival' },
      { minPrice: 500, maxPrice: 500 },
    ];
    const searches = ['newest', 'price', '-price', 'date'].flatMap((sort) =>
      filters.flatMap((filter) =>
        [{}, { q: 'jazz' }, { q: 'jazz berlin' }, { seller: 'me' }, { seller: 'me', q: 'berlin' }].map((scope) => ({
          limit: 20,
          sort,
          ...filter,
          ...scope,
        })),
      ),
    );
    const aggregate = jest.spyOn(Ticket, 'aggregate');
    const tooDear: unknown[] = [];
    let most = 0;
    for (const search of searches) {
      aggregate.mockClear();
      let pages = 0;
      // The second page begins amid tickets that are alike in what they are sorted by.
      for await (const page of pagesOf(search, signIn(me))) if (page.length === 0 || ++pages === 2) break;
      for (const { value } of aggregate.mock.results) {
        const { returned, examined, stages } = await costOf(value as Aggregate<unknown>);
        const bound = 'q' in search ? 1000 : 3 * returned;
        most = Math.max(most, examined);
        if (examined > bound || stages.includes('COLLSCAN')) tooDear.push({ search, returned, examined });
      }
    }
    aggregate.mockRestore();
    expect(tooDear).toEqual([]);
    expect(most).toBeGreaterThan(20);
  }, 120_000);

  test('an index without the filters behind its sort key reads thousands for a page (negative control)', async () => {
    await crowd();
    await Ticket.collection.createIndex({ status: 1, createdAt: -1 });
    try {
      const naive = Ticket.aggregate([
        { $match: { status: 'available', sellableUntil: { $gt: new Date() }, price: { $lte: 30 } } },
        { $sort: { createdAt: -1 } },
        { $limit: 21 },
      ]).hint({ status: 1, createdAt: -1 });
      const { returned, examined } = await costOf(naive);
      expect(returned).toBe(21);
      expect(examined).toBeGreaterThan(10_000);
    } finally {
      await Ticket.collection.dropIndex('status_1_createdAt_-1');
    }
  }, 60_000);

  test('the sweep reads what is past and nothing else', async () => {
    await fill(2000, (index) => ({ sellableUntil: new Date(NOW + (index < 10 ? -1 : 1) * 3_600_000) }));
    const updateMany = jest.spyOn(Ticket, 'updateMany').mockReturnValueOnce({} as never);
    await unlistPastTickets();
    const [q, u, { hint }] = updateMany.mock.calls[0] as [object, object, { hint: object }];
    updateMany.mockRestore();
    const update = { update: Ticket.collection.name, updates: [{ q, u, hint, multi: true }] };
    expect(await explain(update)).toMatchObject({ examined: 10 });
  });
});
