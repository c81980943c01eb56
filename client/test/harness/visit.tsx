import { performance } from 'node:perf_hooks';
import { setTimeout as realTime } from 'node:timers/promises';
import '@testing-library/jest-dom';
import { act, configure, render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import mitt from 'next/dist/shared/lib/mitt';
import { RouterContext } from 'next/dist/shared/lib/router-context.shared-runtime';
import type { NextRouter } from 'next/router';
import type { ReactElement } from 'react';
import { markNavigationStart } from '../../lib/navigation-start';
import './dialog';

// Whether something can be seen is asked where it matters: it costs half of a test's time.
configure({ defaultHidden: true });

/** Shows a page at an address. `reloaded` is what its address shows when its data are loaded anew. */
export function visit(path: string, page: ReactElement, reloaded: ReactElement = page) {
  const went: string[] = [];
  const go = (to: unknown) => {
    went.push(String(to));
    if (to === path) view.rerender(inShop(reloaded));
    return Promise.resolve(true);
  };
  const router = { asPath: path, push: go, replace: go, prefetch: () => Promise.resolve(), events: mitt() };
  const inShop = (shown: ReactElement) => (
    <RouterContext.Provider value={router as unknown as NextRouter}>{shown}</RouterContext.Provider>
  );
  markNavigationStart();
  const view = render(inShop(page));
  return {
    user: userEvent.setup({ delay: null }),
    events: router.events,
    /** Where the page led, its own address for a reload. */
    went,
    leave: view.unmount,
  };
}

const limit = 15_000;

/**
 * Waits for a condition in the real time of servers and sockets. The page's fake clock goes at a pace of its own:
 * milliseconds a try.
 */
export async function until(holds: () => void, pace = 1): Promise<void> {
  const end = performance.now() + limit;
  for (;;) {
    await act(() => realTime(5));
    await pass(pace);
    try {
      holds();
      return;
    } catch (notYet) {
      if (performance.now() > end) throw notYet;
    }
  }
}

/** Lets the page's fake clock run. */
export const pass = (milliseconds: number): Promise<void> =>
  act(() => jest.advanceTimersByTimeAsync(milliseconds).then(() => undefined));
