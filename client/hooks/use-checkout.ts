import { useRouter } from 'next/router';
import { useEffect, useReducer } from 'react';
import type { RefObject } from 'react';
import { buildBrowserClient } from '../api/browser-client';
import { toShownError } from '../api/errors';
import type { Order } from '../api/types';
import type { CardForm } from '../lib/card-form';
import { checkoutOf, checkoutReducer, faultEvent, waitBefore } from '../lib/checkout-machine';
import { signInPath } from '../lib/return-to';
import { wait } from '../lib/wait';
import { useCountdown } from './use-countdown';
import { useLiveOrder } from './use-live-order';
import { useReturn } from './use-return';

/** The page shows without them, so they come when something is asked for. */
const loadRequests = (signal?: AbortSignal) =>
  Promise.all([buildBrowserClient(signal), import('../lib/checkout-requests')]);

/** Drives the checkout of one order: asks for what each step waits for, and keeps the order and the clock fresh. */
export function useCheckout(initialOrder: Order, serverNow: number, card: RefObject<CardForm | null>) {
  const router = useRouter();
  const { order, clock, reload } = useLiveOrder(initialOrder, serverNow);
  const [state, dispatch] = useReducer(checkoutReducer, initialOrder, checkoutOf);
  const timeLeft = useCountdown(order.expiresAt, clock);

  useEffect(() => {
    const delay = waitBefore(state);
    if (delay === undefined) return;
    const controller = new AbortController();
    const ask = async () => {
      await wait(delay, controller.signal);
      const [api, { askFor }] = await loadRequests(controller.signal);
      const onSignedOut = () => void router.push(signInPath(router.asPath));
      const event = await askFor(state, { api, orderId: order.id, card: card.current, reload, onSignedOut });
      if (!controller.signal.aborted) dispatch(event);
    };
    ask().catch((error: unknown) => {
      if (!controller.signal.aborted) dispatch(faultEvent(state, toShownError(error)));
    });
    return () => controller.abort();
    // Only a new step asks again: the rest is what the step is asked with.
  }, [state]);

  useEffect(() => {
    if (timeLeft <= 0) dispatch({ type: 'time-ran-out' });
  }, [timeLeft, state.step]);

  const isPaidHere = state.step === 'paid' && initialOrder.status !== 'complete';
  useEffect(() => {
    // In the place of the checkout, so that Back does not come to it again.
    if (isPaidHere) void router.replace(`/orders/${order.id}/receipt`);
    // Once, as soon as it is paid.
  }, [isPaidHere]);

  const refresh = async () => {
    const [api, { loadOrder }] = await loadRequests();
    dispatch(await loadOrder({ api, reload }));
  };
  useReturn(() => void refresh());

  return {
    state,
    order,
    timeLeft,
    refresh,
    pay: () => dispatch({ type: 'pay-pressed' }),
    finish: () => dispatch({ type: 'finish-pressed' }),
  };
}
