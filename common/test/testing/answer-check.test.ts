import express from 'express';
import { z } from 'zod';
import { describeApi, route } from '../../src';
import { answerCheck, type Exchange } from '../../src/testing';
import { undocumentedRoutes } from '../../src/testing/served-routes';

const seat = z.object({ row: z.string(), price: z.number() }).meta({ id: 'Seat' });
const showSeat = route(
  {
    method: 'get',
    path: '/api/seats/:id',
    id: 'showSeat',
    summary: 'Shows a seat',
    who: 'anyone',
    answers: { 200: { description: 'The seat.', body: seat } },
    errors: { not_found: 'No such seat' },
  },
  (_req, res) => {
    res.send({});
  },
);

const check = answerCheck(describeApi('seats', [showSeat.operation]));
const right: Exchange = {
  method: 'GET',
  path: '/api/seats/5?much=more',
  status: 200,
  headers: { 'x-request-id': 'one' },
  body: '{"row":"A","price":1}',
};
const refusal = (code: string, message: string) => JSON.stringify({ errors: [{ code, message }] });

test('an answer that is as documented is fine, to HEAD as well', () => {
  expect(check(right)).toEqual([]);
  expect(check({ ...right, method: 'HEAD', body: '' })).toEqual([]);
  expect(check({ ...right, status: 404, body: refusal('not_found', 'No such seat') })).toEqual([]);
});

test.each<[string, Partial<Exchange>, string]>([
  ['a field has another name', { body: '{"row":"A","cost":1}' }, "it must have required property 'price'"],
  [
    'a private field leaks',
    { body: '{"row":"A","price":1,"owner":"x"}' },
    "it must NOT have additional properties: 'owner'",
  ],
  ['a status is new', { status: 202 }, 'the document does not know this status'],
  ['a body is new', { status: 404, body: '' }, 'the body is not as documented'],
  ['a route is not documented', { path: '/api/rows/5' }, 'the document does not know this route'],
  ['a method is not documented', { method: 'POST' }, 'the document does not know this route'],
  ['an error has another code', { status: 404, body: refusal('forbidden', 'No') }, 'does not know the code forbidden'],
  [
    'an error says something else',
    { status: 404, body: refusal('not_found', 'Gone') },
    'says "No such seat", and the answer "Gone"',
  ],
  ['it can’t be found in the log', { headers: {} }, 'the header x-request-id is missing'],
  [
    'an error has more',
    { status: 404, body: '{"errors":[{"code":"not_found","message":"No such seat","field":"id"}]}' },
    'no example of not_found has a field',
  ],
  [
    'a wait is not told',
    { status: 503, body: refusal('dependency_unavailable', 'x') },
    'the header retry-after is missing',
  ],
  ['a header is new', { headers: { ...right.headers, link: '<x>' } }, 'does not know the header link'],
])('%s: the complaint names the route', (_what, drift, complaint) => {
  const { method, path, status } = { ...right, ...drift };
  const [said, ...others] = check({ ...right, ...drift });
  expect(said).toContain(`${method} ${path.replace('?much=more', '')} → ${status}: `);
  expect(said).toContain(complaint);
  expect(others).toEqual([]);
});

test('a route that nobody calls is missed as well', () => {
  const app = express().use(
    showSeat.router,
    express.Router().delete('/api/seats/:id', () => undefined),
  );
  expect(undocumentedRoutes(app, [showSeat])).toEqual(['DELETE /api/seats/:id']);
});

test('so is one that takes whatever comes', () => {
  const open = route(showSeat.operation, (_req, res) => {
    res.send({});
  });
  open.router.use('/api/anything', (_req, res) => {
    res.send({});
  });
  expect(undocumentedRoutes(express().use(open.router), [open])).toEqual(['use() beside GET /api/seats/:id']);
});
