import { useRouter } from 'next/router';
import { useEffect, useState } from 'react';
import { markNavigationStart } from '../lib/navigation-start';

/** A short wait is not worth a flash. */
const patience = 150;

/** Follows the router: tells whether a page is being waited for, and moves the focus to the heading of the new one. */
export function useRouteFocus(): boolean {
  const router = useRouter();
  const [loading, setLoading] = useState(false);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let pathBefore = pathOf(router.asPath);
    const start = () => {
      markNavigationStart();
      clearTimeout(timer);
      timer = setTimeout(() => setLoading(true), patience);
    };
    const stop = () => {
      clearTimeout(timer);
      setLoading(false);
    };
    const complete = (path: string) => {
      stop();
      // Another filter of the same list leaves the focus where it is.
      if (pathOf(path) !== pathBefore) document.querySelector('h1')?.focus();
      pathBefore = pathOf(path);
    };
    router.events.on('routeChangeStart', start);
    router.events.on('routeChangeComplete', complete);
    router.events.on('routeChangeError', stop);
    return () => {
      clearTimeout(timer);
      router.events.off('routeChangeStart', start);
      router.events.off('routeChangeComplete', complete);
      router.events.off('routeChangeError', stop);
    };
    // The router's events outlive every page.
  }, []);

  return loading;
}

const pathOf = (url: string): string => url.split(/[?#]/)[0] ?? url;
