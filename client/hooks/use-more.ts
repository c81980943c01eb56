import { useEffect, useRef, useState } from 'react';
import type { Api } from '../api/calls';
import type { Page } from '../api/types';
import { useRequest } from './use-request';

type LoadPage<T> = (api: Api, cursor: string) => Promise<Page<T>>;

/** A list that grows by pages. The first item of a new page takes the focus, so that a keyboard goes on from there. */
export function useMore<T extends { id: string }>(first: Page<T>, loadPage: LoadPage<T>) {
  const [list, setList] = useState(first);
  const [firstNewId, setFirstNewId] = useState<string>();
  const listRef = useRef<HTMLDivElement>(null);
  const { run, ...request } = useRequest();

  useEffect(() => {
    if (firstNewId === undefined) return;
    listRef.current?.querySelector<HTMLElement>(`[data-id="${firstNewId}"] a`)?.focus();
  }, [firstNewId]);

  const showMore = () =>
    run(async (api) => {
      if (list.next === null) return;
      const page = await loadPage(api, list.next);
      setList({ items: [...list.items, ...page.items], next: page.next });
      setFirstNewId(page.items[0]?.id);
    });

  return { ...list, listRef, showMore, ...request };
}
