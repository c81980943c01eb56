import autocannon from 'autocannon';

/** What each of a cannon's requests is made of, anew for each of them. */
export interface Shot {
  readonly path: string;
  readonly method?: 'GET' | 'POST';
  readonly cookie?: string;
  readonly body?: object;
}

export interface Volley {
  readonly url: string;
  readonly seconds: number;
  readonly connections: number;
  /** Requests a second, over all connections; as many as are answered by default. */
  readonly rate?: number;
  /** The same ones again and again, or each of them made when its time comes. */
  readonly shots: readonly Shot[] | (() => Shot);
}

/** Fires for some seconds over kept connections. @throws Error when an answer is none of success */
export async function fire({ url, seconds, connections, rate, shots }: Volley): Promise<autocannon.Result> {
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    ...(rate !== undefined && { overallRate: rate }),
    requests: typeof shots === 'function' ? [{ setupRequest: () => toRequest(shots()) }] : shots.map(toRequest),
  });
  const { non2xx, errors, timeouts } = result;
  if (non2xx + errors + timeouts === 0) return result;
  throw new Error(`${url}: ${non2xx} refused, ${errors} failed, ${timeouts} never answered`);
}

/** Requests a second that were answered. */
export async function rateOf(volley: Volley): Promise<number> {
  const { requests, duration } = await fire(volley);
  return requests.total / duration;
}

function toRequest({ path, method = 'GET', cookie, body }: Shot) {
  return {
    path,
    method,
    headers: { ...(cookie && { cookie }), ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  };
}
