import { useRouter } from 'next/router';
import { useEffect, useRef, useState } from 'react';
import { buildBrowserClient } from '../api/browser-client';
import type { Api } from '../api/calls';
import { toShownError } from '../api/errors';
import type { ApiError } from '../api/errors';
import { signInPath } from '../lib/return-to';
import { useRetryAfter } from './use-retry-after';

interface Options {
  onFailure?: (failure: ApiError) => void;
}

type Action = (api: Api, signal: AbortSignal) => Promise<void>;

/**
 * Runs what a button or a form does: one at a time, given up when the page is left. A failure is kept for the page
 * to show, and a missing session leads to signing in and back here.
 */
export function useRequest({ onFailure }: Options = {}) {
  const router = useRouter();
  const running = useRef<AbortController>(undefined);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ApiError>();
  const waiting = useRetryAfter(failure);
  useEffect(
    () => () => {
      running.current?.abort();
      // Strict mode mounts a page twice: the second mount may ask again.
      running.current = undefined;
    },
    [],
  );

  const fail = async (caught: unknown) => {
    const error = toShownError(caught);
    if (error.status === 401) {
      await router.push(signInPath(router.asPath));
      return;
    }
    setFailure(error);
    onFailure?.(error);
  };

  const run = async (action: Action) => {
    if (waiting || running.current !== undefined) return;
    const controller = new AbortController();
    running.current = controller;
    setBusy(true);
    setFailure(undefined);
    try {
      await action(await buildBrowserClient(controller.signal), controller.signal);
    } catch (caught) {
      if (!controller.signal.aborted) await fail(caught);
    } finally {
      if (running.current === controller) running.current = undefined;
      setBusy(running.current !== undefined);
    }
  };

  return { run, busy, waiting, failure };
}
