import { readFileSync } from 'node:fs';
import type { ApiDocument } from '@ticketing/common';
import { postmanFiles } from '../../src/docs/postman/collection';
import type { Item } from '../../src/docs/postman/step';
import { inClone } from '../../src/system/paths';

const COLLECTION = 'docs/postman/ticketing.postman_collection.json';

const read = (file: string) => JSON.parse(readFileSync(inClone(file), 'utf8')) as unknown;
const documented = () => read('docs/api/openapi.json') as ApiDocument;
const folders = (
  read(COLLECTION) as { item: { name: string; item: (Item & { request: { url: { host: string[] } } })[] }[] }
).item;
const collectionOf = async (document: ApiDocument) => (await postmanFiles(document))[COLLECTION];

afterEach(() => jest.restoreAllMocks());

test('every operation of the document has its request, and there is no other', () => {
  const operations = Object.entries(documented().paths ?? {}).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const requests = folders
    .filter(({ name }) => name !== 'A ticket is bought')
    .flatMap(({ item }) => item.map(({ request: { method, url } }) => `${method} /${url.path.join('/')}`));
  expect(requests.map((request) => request.replaceAll(/:(\w+)/g, '{$1}')).sort()).toEqual(operations.sort());
});

test('no request names a host', () => {
  const hosts = folders.flatMap(({ item }) => item.map(({ request }) => request.url.host));
  expect(hosts.length).toBeGreaterThan(20);
  expect(new Set(hosts.flat())).toEqual(new Set(['{{baseUrl}}']));
});

describe('what is made up', () => {
  const twice = async (document: ApiDocument) => {
    jest.spyOn(Math, 'random').mockReturnValue(0.1);
    const once = await collectionOf(document);
    jest.spyOn(Math, 'random').mockReturnValue(0.9);
    return [once, await collectionOf(document)];
  };

  test('is nothing: the same document makes the same collection, from its own examples', async () => {
    const [once, again] = await twice(documented());
    expect(again).toBe(once);
    expect(once).not.toContain('\\"string\\"');
  });

  test('would be seen: an id without an example is another each time', async () => {
    const document = documented();
    const id = document.paths?.['/api/tickets/{id}']?.get?.parameters?.[0] as { schema: { example?: string } };
    delete id.schema.example;
    const [once, again] = await twice(document);
    expect(again).not.toBe(once);
  });
});

describe('the purchase is made of the document', () => {
  test('without an operation there is none, and the step is named', async () => {
    const document = documented();
    delete document.paths?.['/api/orders/{id}']?.get;
    await expect(collectionOf(document)).rejects.toThrow(
      '"The order becomes complete": the document has no operation showOrder',
    );
  });

  test('without a field neither', async () => {
    const text = JSON.stringify(documented()).replaceAll('ticketId', 'listingId');
    await expect(collectionOf(JSON.parse(text) as ApiDocument)).rejects.toThrow(
      '"The buyer reserves the ticket": the body of the operation has no ticketId',
    );
  });
});
