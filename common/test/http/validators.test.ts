import { Router } from 'express';
import { body } from 'express-validator';
import { id, isPrice, orNothing, price, text, toCents, validateRequest } from '../../src';
import { newId } from '../../src/testing';
import { testApp } from './app';

const routes = [
  Router().post(
    '/api/things',
    id('ticketId'),
    price('price'),
    text('title', { max: 5 }),
    text('venue', { max: 5, optional: true }),
    orNothing(body('startsAt')).isISO8601().withMessage('A time is expected'),
    validateRequest,
    (req, res) => void res.send(req.body),
  ),
  Router().get('/api/things', id('ticketId'), validateRequest, (req, res) => void res.send(req.query)),
  Router().get('/api/things/:ticketId', id('ticketId'), validateRequest, (req, res) => void res.send(req.params)),
];
const { api } = testApp(routes);

const ticketId = newId();
const good = { ticketId, price: 10.5, title: 'Row 1' };
const post = (change: object) => api.post('/api/things').send({ ...good, ...change });

/** The fields that the answer complains about. */
async function refused(change: object): Promise<string[]> {
  const { status, body } = await post(change);
  if (status === 200) return [];
  const { errors } = body as { errors: { code: string; field: string }[] };
  expect(errors.every(({ code }) => code === 'validation_failed')).toBe(true);
  return errors.map(({ field }) => field);
}

test('good input passes, made uniform', async () => {
  const { body } = await post({ ticketId: ticketId.toUpperCase(), price: '10.50', title: ' Row 1\n', venue: ' Bar ' });
  expect(body).toEqual({ ticketId, price: 10.5, title: 'Row 1', venue: 'Bar' });
});

test('everything is wrong: one entry a field, and it says what is expected', async () => {
  const response = await post({ ticketId: 7, price: -1, title: ' ', venue: 'too long', startsAt: 'soon' });
  expect([response.status, response.body.errors]).toEqual([
    400,
    [
      { field: 'ticketId', message: 'An id of 24 hexadecimal digits is expected' },
      { field: 'price', message: 'A price in dollars is expected, from 0.50 to 999999.99 with at most two decimals' },
      { field: 'title', message: 'Text of 1 to 5 characters is expected' },
      { field: 'venue', message: 'Text of 1 to 5 characters is expected' },
      { field: 'startsAt', message: 'A time is expected' },
    ].map((entry) => ({ code: 'validation_failed', ...entry })),
  ]);
});

test('two rules broken by one field: one entry', async () => {
  const { api: strict } = testApp([
    Router().post('/', body('name').isLength({ min: 3 }).isAlpha(), validateRequest, (_req, res) => void res.send()),
  ]);
  expect((await strict.post('/').send({ name: '1' })).body.errors).toHaveLength(1);
});

describe('an id', () => {
  const notIds = [undefined, null, '', 7, true, [], {}, [ticketId], { $ne: null }, { $oid: ticketId }];
  const almostIds = [`${ticketId}0`, ticketId.slice(1), `${ticketId}\n`, ` ${ticketId.slice(1)}`, 'x'.repeat(24)];

  test.each([...notIds, ...almostIds])('%p in the body is refused', async (value) => {
    expect(await refused({ ticketId: value })).toEqual(['ticketId']);
  });

  test('in the path, in any case: passes in lower case', async () => {
    const { body } = await api.get(`/api/things/${ticketId.toUpperCase()}`);
    expect(body).toEqual({ ticketId });
    expect((await api.get('/api/things/1')).status).toBe(400);
  });

  test('in the query of a GET: passes in lower case, once', async () => {
    const { body } = await api.get('/api/things').query({ ticketId: ticketId.toUpperCase() });
    expect(body).toEqual({ ticketId });
    for (const query of ['', `ticketId=${ticketId}&ticketId=${ticketId}`, `ticketId[]=${ticketId}`, 'ticketId[$ne]=']) {
      expect((await api.get(`/api/things?${query}`)).status).toBe(400);
    }
  });

  test('in the query where the route reads the body: refused', async () => {
    const { status } = await api.post(`/api/things?ticketId=${ticketId}`).send({ ...good, ticketId: undefined });
    expect(status).toBe(400);
  });
});

describe('a price', () => {
  const refusedPrices = [undefined, null, '', ' ', [], ['10'], [10], {}, { $gt: 0 }, true, false];
  const noPrices = ['0x10', '1e3', 1e21, '10.', '.5', '10.005', 10.005, '+10', '-10', -10, 0, '0', 0.49, '0.49'];
  const oddPrices = ['1000000', 1_000_000, '10,50', ' 10', '10 ', '10\n', '١٠', 'NaN', 'Infinity', '1_000'];
  test.each([...refusedPrices, ...noPrices, ...oddPrices])('%p is refused', async (value) => {
    expect(await refused({ price: value })).toEqual(['price']);
    expect(isPrice(value)).toBe(false);
  });

  test.each([
    [0.5, 50],
    ['0.50', 50],
    [1, 100],
    ['007', 700],
    ['10.5', 1050],
    [19.99, 1999],
    [1.15, 115],
    ['999999.99', 99_999_999],
  ])('%p is taken, and is %i cents', async (value, cents) => {
    const { body } = await post({ price: value });
    expect(body.price).toBe(Number(value));
    expect(toCents(body.price as number)).toBe(cents);
  });

  test('every price there is has exact cents', () => {
    const inexact: number[] = [];
    for (let cents = 50; cents < 100_000_000; cents += 997) {
      if (toCents(Number((cents / 100).toFixed(2))) !== cents) inexact.push(cents);
    }
    expect(inexact).toEqual([]);
  });
});

describe('a text', () => {
  test.each([undefined, null, '', '  \n', 7, true, [], ['Row 1'], {}, { $gt: '' }, '123456'])(
    '%p is refused where one is needed',
    async (title) => {
      expect(await refused({ title })).toEqual(['title']);
    },
  );

  test.each([7, [], ['Bar'], {}, { $gt: '' }, false, '123456'])('%p is refused where one may be', async (venue) => {
    expect(await refused({ venue })).toEqual(['venue']);
  });

  test.each(['a\u0000b', 'a\ud800b', '\u200b', '\u200b \u2060'])(
    '%j, which is broken or shows nothing, is refused',
    async (title) => {
      expect(await refused({ title })).toEqual(['title']);
    },
  );

  test('lines, tabs and joined emoji are text like any other', async () => {
    expect(await refused({ title: 'a\nb' })).toEqual([]);
    expect(await refused({ title: 'a\tb' })).toEqual([]);
    expect(await refused({ title: '👩‍🎤' })).toEqual([]);
  });

  test.each([undefined, null, '', ' \t'])('%p, as forms say it, is nothing', async (nothing) => {
    const { status, body } = await post({ venue: nothing, startsAt: nothing });
    expect([status, body]).toEqual([200, good]);
  });

  test('its length is counted as people do', async () => {
    expect(await refused({ title: '🎫🎫🎫🎫🎫' })).toEqual([]);
  });
});
