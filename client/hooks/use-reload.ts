import { useRouter } from 'next/router';
import { useCallback } from 'react';

/** Loads the page's data anew, where it is: what was typed stays, and what somebody else did meanwhile shows. */
export function useReload(): () => void {
  const router = useRouter();
  return useCallback(() => void router.replace(router.asPath, undefined, { scroll: false }), [router]);
}
