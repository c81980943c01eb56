import { readFileSync } from 'node:fs';
import { breakingChanges, notInChangelog, notOnlyAdded } from '../../src/docs/changes';
import { inClone } from '../../src/system/paths';

/** As far as these tests reach into a document. */
interface Part {
  [key: string]: Part | undefined;
}

const PAYMENT = '#/components/schemas/Payment';

const read = (name: string) => JSON.parse(readFileSync(inClone('docs/api', name), 'utf8')) as Part;
const [events, api] = [read('released/asyncapi.json'), read('released/openapi.json')];
const changed = (document: Part, change: (part: Part) => void) => {
  const copy = structuredClone(document);
  change(copy);
  return copy;
};
const set = (part: Part, key: string, value: unknown) => Object.assign(part, { [key]: value });
const drop = (part: Part, key: string) => Reflect.deleteProperty(part, key);

test('the events are as they were released, but for additions', () => {
  expect(notOnlyAdded(events, read('asyncapi.json'))).toEqual([]);
});

test('a change of the API that breaks who calls it has a line in CHANGELOG.md', () => {
  const changes = breakingChanges(api, read('openapi.json'));
  expect(notInChangelog(changes, readFileSync(inClone('CHANGELOG.md'), 'utf8'))).toEqual([]);
});

describe('a change of the events', () => {
  const payload = (document: Part) => document.components!.messages!['order.created']!.payload!;
  const order = (document: Part) => payload(document).properties!.data!;
  const userId = (document: Part) => order(document).properties!.userId!;
  const ticket = (document: Part) => order(document).properties!.ticket!.properties!;
  const place = '/components/messages/order.created/payload/properties/data';

  test.each<[string, (document: Part) => void, string]>([
    ['a field is gone', (all) => drop(order(all).properties!, 'expiresAt'), `${place}/properties/expiresAt is gone`],
    ['a type is gone', (all) => drop(all.channels!, 'order.created'), '/channels/order.created is gone'],
    [
      'a field has another type',
      (all) => set(userId(all), 'type', 'number'),
      `${place}/properties/userId/type was "string" and is "number"`,
    ],
    ['a field is demanded', (all) => set(order(all), 'required', ['id', 'later']), `${place}/required was `],
    [
      'a status is new',
      (all) => set(order(all).properties!.status!, 'enum', ['created', 'lost']),
      `${place}/properties/status/enum was `,
    ],
    [
      'nobody says it any more',
      (all) => drop(all.operations!, 'orders_says_order.created'),
      '/operations/orders_says_order.created is gone',
    ],
    ['a text gets a limit', (all) => set(userId(all), 'maxLength', 24), `${place}/properties/userId/maxLength is new`],
    [
      'a text becomes a choice',
      (all) => set(ticket(all).title!, 'enum', ['The Tempest']),
      `${place}/properties/ticket/properties/title/enum is new`,
    ],
    [
      'a number gets a limit',
      (all) => set(ticket(all).price!, 'maximum', 100),
      `${place}/properties/ticket/properties/price/maximum is new`,
    ],
    [
      'a text of the envelope gets a format',
      (all) => set(payload(all).properties!.traceparent!, 'format', 'uuid'),
      '/payload/properties/traceparent/format is new',
    ],
    ['something is ruled out', (all) => set(order(all), 'not', { required: ['reason'] }), `${place}/not is new`],
    [
      'something is demanded where nothing was',
      (all) => set(order(all).additionalProperties!, 'type', 'string'),
      `${place}/additionalProperties/type is new`,
    ],
    [
      'a field that is named like an annotation is gone',
      (all) => drop(ticket(all), 'title'),
      `${place}/properties/ticket/properties/title is gone`,
    ],
  ])('%s: it is refused, by its place', (_what, change, complaint) => {
    expect(notOnlyAdded(events, changed(events, change)).join('\n')).toContain(complaint);
  });

  test.each<[string, (document: Part) => void]>([
    ['a field that may be absent', (all) => set(order(all).properties!, 'later', { type: 'string' })],
    ['a type of event', (all) => set(all.channels!, 'ticket.burnt', {})],
    ['a field with a name that means something elsewhere', (all) => set(order(all).properties!, 'properties', {})],
    ['a message', (all) => set(all.components!.messages!, 'ticket.burnt', { payload: { type: 'object' } })],
    ['a word that a field is out of use', (all) => set(userId(all), 'deprecated', true)],
    ['another text for people', (all) => set(all.components!.messages!['order.created']!, 'summary', 'Mine!')],
  ])('%s may come', (_what, change) => {
    expect(notOnlyAdded(events, changed(events, change))).toEqual([]);
  });
});

describe('a change of the API', () => {
  // Comparing takes a second for the whole.
  const { '/api/tickets': all, '/api/tickets/{id}': one } = api.paths!;
  const { '/api/payments': payments } = api.paths!;
  const few = { ...api, paths: { '/api/tickets': all, '/api/tickets/{id}': one, '/api/payments': payments } } as Part;
  const list = (document: Part) => document.paths!['/api/tickets']!;
  const link = (document: Part) => list(document).get!.responses!['200']!.headers!.Link!;
  const details = (document: Part) => document.components!.schemas!.TicketDetails!;
  const ticket = (document: Part) => document.components!.schemas!.Ticket!;
  const payment = (document: Part) => document.components!.schemas!.Payment!;
  const codes = (document: Part) => document.components!.schemas!.Error!.properties!.code!.enum as unknown as string[];

  test.each<[string, (document: Part) => void, string, string]>([
    [
      'a field of an answer is gone',
      (all) => drop(ticket(all).properties!, 'price'),
      'GET /api/tickets/:id',
      'properties/price',
    ],
    [
      'a field is demanded',
      (all) => set(details(all), 'required', ['title', 'price', 'venue']),
      'POST /api/tickets',
      'required',
    ],
    [
      'a limit is tighter',
      (all) => set(details(all).properties!.title!, 'maxLength', 100),
      'PUT /api/tickets/:id',
      'title/maxLength was 200 and is 100',
    ],
    ['a route is gone', (all) => drop(list(all), 'post'), 'POST /api/tickets', 'all of it'],
    ['an answer is gone', (all) => drop(list(all).post!.responses!, '201'), 'POST /api/tickets', 'responses/201'],
    [
      'a field of an answer has another type',
      (all) => set(ticket(all).properties!.price!, 'type', 'string'),
      'GET /api/tickets/:id',
      'price/type was "number" and is "string"',
    ],
    [
      'a field of an answer may be null',
      (all) => set(ticket(all).properties!.price!, 'type', ['number', 'null']),
      'GET /api/tickets/:id',
      'price/type was "number"',
    ],
    [
      'a field of an answer has another value',
      (all) => set(payment(all).properties!.currency!, 'const', 'eur'),
      'GET /api/payments',
      'currency/const was "usd" and is "eur"',
    ],
    [
      'a field of an answer has another format',
      (all) => set(ticket(all).properties!.createdAt!, 'format', 'date'),
      'GET /api/tickets/:id',
      'createdAt/format was "date-time" and is "date"',
    ],
    [
      'a field of an answer has another pattern',
      (all) => set(ticket(all).properties!.id!, 'pattern', '^T'),
      'GET /api/tickets/:id',
      'id/pattern was ',
    ],
    [
      'an answer is another thing',
      (all) => set(list(all).post!.responses!['201']!.content!['application/json']!.schema!, '$ref', PAYMENT),
      'POST /api/tickets',
      'properties/title',
    ],
    [
      'a field of an answer is a choice of more',
      (all) => set(ticket(all).properties!.status!, 'enum', ['available', 'reserved', 'sold', 'burnt']),
      'GET /api/tickets/:id',
      'status/enum/3',
    ],
    [
      'a field of an answer is no choice any more',
      (all) => drop(ticket(all).properties!.status!, 'enum'),
      'GET /api/tickets/:id',
      'status/enum/0 was "available" and is absent',
    ],
    [
      'a field of an answer may be absent',
      (all) => set(ticket(all), 'required', ['id']),
      'GET /api/tickets/:id',
      'required/1 was "title" and is absent',
    ],
    [
      'a body may have no more fields than these',
      (all) => set(details(all), 'additionalProperties', false),
      'POST /api/tickets',
      'additionalProperties was absent and is false',
    ],
    [
      'an operation has another name',
      (all) => set(list(all).get!, 'operationId', 'renamed'),
      'GET /api/tickets',
      'operationId was "listTickets" and is "renamed"',
    ],
    [
      'the cookie of the session has another name',
      (all) => set(all.components!.securitySchemes!.session!, 'name', 'sid'),
      'securitySchemes/session',
      'name was "session" and is "sid"',
    ],
    [
      'an error code has another name',
      (all) => codes(all).splice(0, 1, 'invalid'),
      'POST /api/tickets',
      'code/enum/0 was "validation_failed" and is "invalid"',
    ],
  ])('%s: it is named, until the changelog tells it', (_what, change, route, what) => {
    const changes = breakingChanges(few, changed(few, change));
    const found = notInChangelog(changes, '## Unreleased\n');
    expect(found.filter((line) => line.startsWith(`${route}: `)).join('\n')).toContain(what);
    const told = [...new Set(changes.map((one) => `- **Breaking** \`${one.route}\`: load it again.`))].join('\n');
    expect(notInChangelog(changes, `## Unreleased\n\n${told}\n\n## 0.1.0, 2026-11-28\n`)).toEqual([]);
    expect(notInChangelog(changes, `## Unreleased\n\n## 0.1.0, 2026-11-28\n\n${told}\n`)).not.toEqual([]);
  });

  test.each<[string, (document: Part) => void]>([
    ['a field of an answer', (all) => set(ticket(all).properties!, 'row', { type: 'string' })],
    ['an optional input', (all) => set(details(all).properties!, 'row', { type: 'string' })],
    ['a looser limit', (all) => set(details(all).properties!.title!, 'maxLength', 300)],
    ['a header that is sure to come', (all) => set(link(all), 'required', true)],
    ['an error code', (all) => codes(all).push('sold_out')],
    ['a success', (all) => set(list(all).post!.responses!, '202', { description: 'Later.' })],
    ['another example', (all) => set(ticket(all), 'example', { title: 'Hamlet' })],
    ['another text for people', (all) => set(list(all).post!, 'summary', 'Sells a ticket')],
    ['a route', (all) => set(list(all), 'patch', { responses: { 200: { description: 'New.' } } })],
  ])('%s may come', (_what, change) => {
    expect(breakingChanges(few, changed(few, change))).toEqual([]);
  });

  test('a header that may stay away is named, where it was sure to come', () => {
    const sure = changed(few, (all) => set(link(all), 'required', true));
    const what = 'responses/200/headers/Link/required was true and is absent';
    expect(
      breakingChanges(
        sure,
        changed(sure, (all) => drop(link(all), 'required')),
      ),
    ).toEqual([{ route: 'GET /api/tickets', what }]);
  });

  test.each(['PUT /api/tickets/:id', 'PUT /api/tickets/{id}'])('its line in the changelog may say `%s`', (route) => {
    const change = { route: 'PUT /api/tickets/:id', what: 'all of it was there and is absent' };
    const changelog = (name: string) => `## Unreleased\n\n- **Breaking** \`${name}\`: make another one.\n`;
    expect(notInChangelog([change], changelog(route))).toEqual([]);
    expect(notInChangelog([change], changelog(`${route}/seats`))).toEqual([`${change.route}: ${change.what}`]);
  });
});
