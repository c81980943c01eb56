import { readFileSync } from 'node:fs';
import { breakingChanges, notInChangelog, notOnlyAdded } from '../../src/docs/changes';
import { inClone } from '../../src/system/paths';

/** As far as these tests reach into a document. */
interface Part {
  [key: string]: Part | undefined;
}

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
  const order = (document: Part) => document.components!.messages!['order.created']!.payload!.properties!.data!;
  const place = '/components/messages/order.created/payload/properties/data';

  test.each<[string, (document: Part) => void, string]>([
    ['a field is gone', (all) => drop(order(all).properties!, 'expiresAt'), `${place}/properties/expiresAt is gone`],
    ['a type is gone', (all) => drop(all.channels!, 'order.created'), '/channels/order.created is gone'],
    [
      'a field has another type',
      (all) => set(order(all).properties!.userId!, 'type', 'number'),
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
  ])('%s: it is refused, by its place', (_what, change, complaint) => {
    expect(notOnlyAdded(events, changed(events, change)).join('\n')).toContain(complaint);
  });

  test.each<[string, (document: Part) => void]>([
    ['a field that may be absent', (all) => set(order(all).properties!, 'later', { type: 'string' })],
    ['a type of event', (all) => set(all.channels!, 'ticket.burnt', {})],
    ['another text for people', (all) => set(all.components!.messages!['order.created']!, 'summary', 'Mine!')],
  ])('%s may come', (_what, change) => {
    expect(notOnlyAdded(events, changed(events, change))).toEqual([]);
  });
});

describe('a change of the API', () => {
  // Comparing takes a second for the whole.
  const { '/api/tickets': all, '/api/tickets/{id}': one } = api.paths!;
  const few = { ...api, paths: { '/api/tickets': all, '/api/tickets/{id}': one } } as Part;
  const list = (document: Part) => document.paths!['/api/tickets']!;
  const details = (document: Part) => document.components!.schemas!.TicketDetails!;
  const ticket = (document: Part) => document.components!.schemas!.Ticket!;

  test.each<[string, (document: Part) => void, string, string]>([
    [
      'a field of an answer is gone',
      (all) => drop(ticket(all).properties!, 'price'),
      'GET /api/tickets/{id}',
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
      'PUT /api/tickets/{id}',
      'title/maxLength was 200 and is 100',
    ],
    ['a route is gone', (all) => drop(list(all), 'post'), 'POST /api/tickets', 'all of it'],
    ['an answer is gone', (all) => drop(list(all).post!.responses!, '201'), 'POST /api/tickets', 'responses/201'],
  ])('%s: it is named, until the changelog tells it', (_what, change, route, what) => {
    const changes = breakingChanges(few, changed(few, change));
    expect(notInChangelog(changes, '## Unreleased\n')).toContainEqual(
      expect.stringMatching(`^${route.replaceAll(/[{}]/g, '\\$&')}: .*${what}`),
    );
    const told = [...new Set(changes.map((one) => `- **Breaking** \`${one.route}\`: load it again.`))].join('\n');
    expect(notInChangelog(changes, `## Unreleased\n\n${told}\n\n## 0.1.0, 2026-11-28\n`)).toEqual([]);
    expect(notInChangelog(changes, `## Unreleased\n\n## 0.1.0, 2026-11-28\n\n${told}\n`)).not.toEqual([]);
  });

  test.each<[string, (document: Part) => void]>([
    ['a field of an answer', (all) => set(ticket(all).properties!, 'row', { type: 'string' })],
    ['an optional input', (all) => set(details(all).properties!, 'row', { type: 'string' })],
    ['a looser limit', (all) => set(details(all).properties!.title!, 'maxLength', 300)],
    ['a route', (all) => set(list(all), 'patch', { responses: { 200: { description: 'New.' } } })],
  ])('%s may come', (_what, change) => {
    expect(breakingChanges(few, changed(few, change))).toEqual([]);
  });
});
