import { isDeepStrictEqual } from 'node:util';
import type { ApiDocument } from '@ticketing/common';

/** The documents of the services as one, for those who see the system from the outside. */
export function wholeDocument(documents: readonly ApiDocument[]): ApiDocument {
  const [first] = documents;
  if (!first) throw new Error('there is no document of any service');
  const schemas = documents.map(({ components }) => components?.schemas ?? {});
  return {
    ...first,
    info: { ...first.info, title: 'ticketing' },
    paths: joined(documents.map(({ paths }) => paths ?? {})),
    components: { ...first.components, schemas: joined(schemas) },
  };
}

/** @throws Error where two services say different things under one name */
function joined<Entry>(parts: readonly Readonly<Record<string, Entry>>[]): Record<string, Entry> {
  const all: Record<string, Entry> = {};
  for (const [name, entry] of parts.flatMap((part) => Object.entries(part))) {
    if (name in all && !isDeepStrictEqual(all[name], entry)) {
      throw new Error(`services describe ${name} in different ways`);
    }
    all[name] = entry;
  }
  return all;
}
