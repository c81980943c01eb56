import { useRouter } from 'next/router';
import { useState } from 'react';
import { useReload } from './use-reload';
import { useRequest } from './use-request';

/** The reserve button: leads to the order's checkout, or shows the page's new state and why it failed. */
export function useReserve(ticketId: string) {
  const router = useRouter();
  const reload = useReload();
  const [delayed, setDelayed] = useState(false);
  const { run, busy, waiting, failure } = useRequest({
    // Any other refusal leaves the ticket as the page shows it.
    onFailure: ({ isOutdated, status }) => {
      if (isOutdated || status === 403) reload();
    },
  });

  const reserve = () =>
    run(async (api, signal) => {
      setDelayed(false);
      const { reserveTicket } = await import('../lib/reserve-ticket');
      const order = await reserveTicket({ api, ticketId, signal, onDelay: () => setDelayed(true) });
      await router.push(`/orders/${order.id}`);
    });

  return { reserve, busy, waiting, failure, delayed: busy && delayed };
}
