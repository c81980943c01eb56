import type { AxiosInstance } from 'axios';
import { useCallback, useEffect, useState } from 'react';
import { showOrder } from '../api/calls';
import type { Order } from '../api/types';
import { navigationStart } from '../lib/navigation-start';
import type { ServerClock } from './use-countdown';

interface LiveOrder {
  order: Order;
  clock: ServerClock;
}

/** An order and the server's clock, as the page was rendered with them and as later answers correct them. */
export function useLiveOrder(order: Order, serverNow: number) {
  const [live, setLive] = useState<LiveOrder>({ order, clock: { serverNow, takenAt: undefined } });

  useEffect(() => setLive(({ order, clock }) => ({ order, clock: { ...clock, takenAt: navigationStart() } })), []);

  const reload = useCallback(
    async (client: AxiosInstance): Promise<Order> => {
      const takenAt = performance.now();
      const { order: newer, serverNow } = await showOrder(client, order.id);
      setLive(({ clock }) => ({ order: newer, clock: serverNow === undefined ? clock : { serverNow, takenAt } }));
      return newer;
    },
    [order.id],
  );

  return { ...live, reload };
}
