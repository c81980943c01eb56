import { Router } from 'express';
import { z } from 'zod';
import { paging, validateRequest } from '../../src';
import { testApp } from './app';

const numbers = Array.from({ length: 120 }, (_, index) => index + 1);
const pages = paging(z.object({ last: z.number().int() }));
const { api } = testApp([
  Router().get('/api/numbers', ...pages.checks, validateRequest, (req, res) => {
    const { limit, after } = pages.asked(req);
    const found = numbers.filter((number) => number > (after?.last ?? 0)).slice(0, limit + 1);
    pages.answer(req, res, found, { positionOf: (last) => ({ last }), show: (number) => number });
  }),
]);

/** The address of the page after this answer. */
function next({ headers }: { headers: Record<string, string> }): string | undefined {
  return /^<(\/[^>]+)>; rel="next"$/.exec(headers.link ?? '')?.[1];
}

test('following the links: every item once, in order, in pages of the size asked for', async () => {
  const seen: number[][] = [];
  for (let path: string | undefined = '/api/numbers?limit=50'; path;) {
    const response = await api.get(path);
    seen.push(response.body as number[]);
    path = next(response);
  }
  expect(seen.map((page) => page.length)).toEqual([50, 50, 20]);
  expect(seen.flat()).toEqual(numbers);
});

test('a last page that is full has no next one', async () => {
  const first = await api.get('/api/numbers?limit=60');
  const last = await api.get(next(first) ?? '');
  expect([first.body, last.body, next(last)]).toEqual([numbers.slice(0, 60), numbers.slice(60), undefined]);
});

test('the link keeps the rest of the question', async () => {
  const response = await api.get('/api/numbers?q=two%20words%26more&limit=2&tag=a&tag=b');
  const { searchParams } = new URL(next(response) ?? '', 'http://any');
  expect([searchParams.get('q'), searchParams.get('limit')]).toEqual(['two words&more', '2']);
  expect(searchParams.getAll('tag')).toEqual(['a', 'b']);
});

test('what is empty counts as absent', async () => {
  const { body } = await api.get('/api/numbers?limit=&cursor=').expect(200);
  expect(body).toEqual((await api.get('/api/numbers')).body);
});

test.each(['0', '101', '-1', '1.5', '1e1', 'all', '5&limit=6'])('limit=%s: 400 at limit', async (limit) => {
  const { status, body } = await api.get(`/api/numbers?limit=${limit}`);
  expect([status, body.errors[0].field]).toEqual([400, 'limit']);
});

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
test.each(['x', '%00', encoded(null), encoded({ last: '7' }), encoded({ last: 7.5 }), encoded([7]), 'x&cursor=y'])(
  'cursor=%s: 400 at cursor',
  async (cursor) => {
    const { status, body } = await api.get(`/api/numbers?cursor=${cursor}`);
    expect([status, body.errors[0].field]).toEqual([400, 'cursor']);
  },
);
