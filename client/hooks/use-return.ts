import { useEffect, useRef } from 'react';

/** Calls back when the visitor returns to the page: from another tab, from the back button's cache, from no network. */
export function useReturn(callback: () => void): void {
  const latest = useRef(callback);
  useEffect(() => {
    latest.current = callback;
  });
  useEffect(() => {
    const onReturn = () => latest.current();
    const onVisible = () => document.visibilityState === 'visible' && latest.current();
    const onShow = (event: PageTransitionEvent) => event.persisted && latest.current();
    document.addEventListener('visibilitychange', onVisible);
    window.addEventListener('pageshow', onShow);
    window.addEventListener('online', onReturn);
    return () => {
      document.removeEventListener('visibilitychange', onVisible);
      window.removeEventListener('pageshow', onShow);
      window.removeEventListener('online', onReturn);
    };
  }, []);
}
