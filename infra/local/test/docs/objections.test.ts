import { readFileSync } from 'node:fs';
import { objections, type Candidate } from '../../src/docs/objections';
import { inClone } from '../../src/system/paths';

const read = (name: string) => readFileSync(inClone('docs/api/released', name), 'utf8');
const [api, events] = [read('openapi.json'), read('asyncapi.json')];
const documents = (change = (text: string) => text) => ({
  api: JSON.parse(change(api)) as object,
  events: JSON.parse(change(events)) as object,
});
const ready: Candidate = {
  version: '0.10.0',
  last: '0.9.0',
  uncommitted: '',
  released: documents(),
  now: documents(),
  changelog: '## Unreleased\n',
};
const renamed = documents((text) => text.replaceAll('"price"', '"amount"'));

test('a higher version of what is committed and breaks nothing can be released', () => {
  expect(objections(ready)).toEqual([]);
});

test.each<[string, Partial<Candidate>, string]>([
  [
    'the same version',
    { version: '0.9.0' },
    'Versions only go up, and the last one is 0.9.0; take a higher one than:\n  0.9.0',
  ],
  [
    'a lower version',
    { version: '0.8.10' },
    'Versions only go up, and the last one is 0.9.0; take a higher one than:\n  0.8.10',
  ],
  [
    'what is not committed',
    { uncommitted: ' M README.md\n?? notes.txt\n' },
    'Not everything is committed; commit it or put it away:\n   M README.md\n  ?? notes.txt',
  ],
  [
    'an event that lost a field',
    { now: { ...ready.now, events: renamed.events } },
    'The events have to stay as they were released, but for additions; take back:\n  /components/messages/order.',
  ],
  [
    'an API that breaks who calls it, untold',
    { now: { ...ready.now, api: renamed.api } },
    'These break who calls the API; give each route its line in CHANGELOG.md:\n  GET /api/tickets: ',
  ],
])('%s is refused, with what to do', (_what, change, sentence) => {
  expect(objections({ ...ready, ...change })).toEqual([expect.stringContaining(sentence)]);
});
