import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** The visitor's time zone once the page runs in a browser; UTC before, so that both render the same at first. */
export function useBrowserZone(): string {
  return useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => 'UTC',
  );
}
