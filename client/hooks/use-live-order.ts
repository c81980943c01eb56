import { useCallback, useEffect, useRef, useState } from 'react';
import type { Api } from '../api/calls';
import type { Order } from '../api/types';
import { navigationStart } from '../lib/navigation-start';
import { newerOrder } from '../lib/newer-order';
import type { ServerClock } from './use-countdown';

interface LiveOrder {
  order: Order;
  clock: ServerClock;
}

/** An order and the server's clock, as the page was rendered with them and as later answers correct them. */
export function useLiveOrder(order: Order, serverNow: number) {
  const newest = useRef(order);
  const [live, setLive] = useState<LiveOrder>({ order, clock: { serverNow, takenAt: undefined } });

  useEffect(() => setLive(({ order, clock }) => ({ order, clock: { ...clock, takenAt: navigationStart() } })), []);

  const reload = useCallback(
    async (api: Api): Promise<Order> => {
      const takenAt = performance.now();
      const { order: loaded, serverNow } = await api.showOrder(order.id);
      const newer = newerOrder(newest.current, loaded);
      newest.current = newer;
      setLive(({ clock }) => ({ order: newer, clock: serverNow === undefined ? clock : { serverNow, takenAt } }));
      return newer;
    },
    [order.id],
  );

  return { ...live, reload };
}
