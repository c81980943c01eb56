import { useEffect, useRef } from 'react';
import { buildBrowserClient } from '../api/browser-client';
import type { Session } from '../api/types';
import { useReload } from './use-reload';
import { useReturn } from './use-return';

/** What was known this long ago may be known no more. */
const freshFor = 30_000;

/** One for the tab, which does not hear itself. */
let channel: BroadcastChannel | undefined;

const openChannel = (): BroadcastChannel => (channel ??= new BroadcastChannel('session'));

/** Who is signed in has changed: the other tabs have to know. */
export const announceSession = (): void => openChannel().postMessage(null);

/**
 * A tab that shows somebody who has signed out elsewhere would offer what can't be done, so it loads its page anew. It
 * hears of it from the other tab; of a session that ended in another way it learns when its visitor comes back to it.
 */
export function useSessionSync(session: Session): void {
  const reload = useReload();
  const known = useRef({ session, at: 0 });
  useEffect(() => {
    known.current = { session, at: performance.now() };
  }, [session]);

  useEffect(() => {
    const opened = openChannel();
    opened.addEventListener('message', reload);
    return () => opened.removeEventListener('message', reload);
  }, [reload]);

  useReturn(() => {
    const asked = known.current;
    if (session.state === 'unknown' || performance.now() - asked.at < freshFor) return;
    asked.at = performance.now();
    void hasChanged(session).then((changed) => {
      if (changed && known.current === asked) reload();
    });
  });
}

/** Without an answer the page stays as it is. */
async function hasChanged(session: Session): Promise<boolean> {
  try {
    const user = await (await buildBrowserClient()).currentUser();
    return user?.id !== (session.state === 'signed-in' ? session.user.id : undefined);
  } catch {
    return false;
  }
}
