import type { Api } from './calls';
import { toApiError } from './errors';

/** Long enough for a payment, which the service may have to settle with a slow bank. */
const answerLimit = 30_000;

/** The API as the browser reaches it: same origin, with its cookie. axios and the calls are loaded when first needed. */
export async function buildBrowserClient(signal?: AbortSignal): Promise<Api> {
  const [{ default: axios }, calls] = await Promise.all([import('axios'), import('./calls')]);
  const client = axios.create({ signal, timeout: answerLimit });
  client.interceptors.response.use(undefined, (error: unknown) => Promise.reject(toApiError(error)));
  return new calls.Api(client);
}
