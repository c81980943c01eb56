import { isDeepStrictEqual } from 'node:util';
import type { ApiDocument } from '@ticketing/common';

/** The documents of the services as one, for those who see the system from the outside. */
export function wholeDocument(documents: readonly ApiDocument[]): ApiDocument {
  const [first] = documents;
  if (!first) throw new Error('there is no document of any service');
  return {
    ...first,
    info: { ...first.info, title: 'ticketing' },
    paths: join('paths', documents),
    components: {
      ...first.components,
      schemas: join(
        'schemas',
        documents.map(({ components = {} }) => components),
      ),
    },
  };
}

/** @throws Error where two services say different things under one name */
function join<Key extends string, Entries extends object>(
  key: Key,
  parts: readonly { readonly [K in Key]?: Entries }[],
): Entries {
  const joined: Record<string, unknown> = {};
  for (const [name, entry] of parts.flatMap((part) => Object.entries(part[key] ?? {}))) {
    if (name in joined && !isDeepStrictEqual(joined[name], entry)) {
      throw new Error(`${key}: services describe ${name} in different ways`);
    }
    joined[name] = entry;
  }
  return joined as Entries;
}
