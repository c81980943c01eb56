import { promisify } from 'node:util';
import type { ApiDocument } from '@ticketing/common';
import { convertV2, type Options } from 'openapi-to-postmanv2';
import { ABOUT_PURCHASE, PURCHASE, purchase } from './purchase';
import { toItems, type Item, type Pair } from './step';

const OPTIONS: Options = {
  folderStrategy: 'Tags',
  parametersResolution: 'Example',
  enableOptionalParameters: false,
  // Postman sends the session by itself, from its cookies.
  alwaysInheritAuthentication: true,
};
/** Ids are made up at random, and the answers would say again, at five times the size, what the document says. */
const NOT_KEPT = ['id', '_postman_id', 'response'];

const ORIGINS = { local: 'http://localhost:3000', 'ticketing.dev': 'https://ticketing.dev' };

interface Collection {
  readonly item: readonly { readonly name: string; readonly item: readonly Item[] }[];
}

const convert = promisify(convertV2);

/** What Postman imports, by its path in the clone. */
export async function postmanFiles(document: ApiDocument): Promise<Record<string, string>> {
  const environments = Object.entries(ORIGINS).map(([name, baseUrl]) => {
    const file = `docs/postman/${name.replace('.', '-')}.postman_environment.json`;
    return [file, JSON.stringify(environment(name, baseUrl))] as const;
  });
  const collection = JSON.stringify(await collectionOf(document), kept);
  return { 'docs/postman/ticketing.postman_collection.json': collection, ...Object.fromEntries(environments) };
}

/** The requests of all operations, and the purchase made of them. */
async function collectionOf(document: ApiDocument): Promise<Collection> {
  const data = JSON.stringify({ ...document, servers: [{ url: ORIGINS.local }] });
  const result = await convert({ type: 'string', data }, OPTIONS);
  const [made] = result?.output ?? [];
  if (!made) throw new Error(`Postman can't take the document: ${result?.reason ?? 'no reason is told'}`);
  const collection = made.data as Collection;
  const items = collection.item.flatMap(({ item }) => item);
  const folder = { name: PURCHASE, description: ABOUT_PURCHASE, item: toItems(purchase, document, items) };
  return { ...collection, item: [folder, ...collection.item] };
}

function kept(key: string, value: unknown): unknown {
  if (NOT_KEPT.includes(key)) return undefined;
  const isOptional = (value as Partial<Pair> | null)?.disabled === true;
  // A parameter that need not be said has no example, but a value that is made up.
  return isOptional ? { ...(value as Pair), value: '' } : value;
}

function environment(name: string, baseUrl: string): object {
  const values = [{ key: 'baseUrl', value: baseUrl, type: 'default', enabled: true }];
  return { name: `ticketing: ${name}`, values, _postman_variable_scope: 'environment' };
}
