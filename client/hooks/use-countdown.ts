import { useEffect, useState } from 'react';

/** An instant of the server, on the two clocks that a page has. */
export interface ServerClock {
  /** The server's time, in milliseconds. */
  serverNow: number;
  /** `performance.now()` at a moment before that; unknown while the page is rendered on the server. */
  takenAt: number | undefined;
}

/**
 * Milliseconds until an instant of the server. The visitor's own clock may be wrong or change; what is counted is
 * the time that passed since the server told its own.
 */
export function useCountdown(until: string, { serverNow, takenAt }: ServerClock): number {
  const total = Date.parse(until) - serverNow;
  const [left, setLeft] = useState(total);

  useEffect(() => {
    if (takenAt === undefined) return;
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      const now = Math.max(0, total - (performance.now() - takenAt));
      setLeft(now);
      // The display is rounded up to seconds: wake just after it has to change.
      if (now > 0) timer = setTimeout(tick, (now % 1000) + 5);
    };
    tick();
    return () => clearTimeout(timer);
  }, [total, takenAt]);

  return left;
}
