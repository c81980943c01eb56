import { useCallback, useEffect, useState } from 'react';

interface Refusal {
  /** Seconds. */
  retryAfter?: number | undefined;
}

/** True for as long as the service asked to be left alone. */
export function useRetryAfter(refusal: Refusal | undefined): boolean {
  const [over, setOver] = useState<Refusal>();
  const seconds = refusal?.retryAfter;
  const end = useCallback(() => setOver(refusal), [refusal]);
  useEffect(() => {
    if (seconds === undefined) return;
    const timer = setTimeout(end, seconds * 1000);
    return () => clearTimeout(timer);
  }, [seconds, end]);
  return seconds !== undefined && over !== refusal;
}
