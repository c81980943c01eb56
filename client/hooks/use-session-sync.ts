import { useEffect } from 'react';
import { useReload } from './use-reload';

/** One for the tab, which does not hear itself. */
let channel: BroadcastChannel | undefined;

const openChannel = (): BroadcastChannel => (channel ??= new BroadcastChannel('session'));

/** Who is signed in has changed: the other tabs have to know. */
export const announceSession = (): void => openChannel().postMessage(null);

/** A tab that shows somebody who has signed out elsewhere would offer what can't be done, so it loads its page anew. */
export function useSessionSync(): void {
  const reload = useReload();
  useEffect(() => {
    const opened = openChannel();
    opened.addEventListener('message', reload);
    return () => opened.removeEventListener('message', reload);
  }, [reload]);
}
