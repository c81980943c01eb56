import type { AxiosInstance } from 'axios';
import { toApiError } from './errors';

/** Long enough for a payment, which the service may have to settle with a slow bank. */
const answerLimit = 30_000;

/** The API as the browser reaches it: same origin, with its cookie. axios is loaded when it is first needed. */
export async function buildBrowserClient(signal?: AbortSignal): Promise<AxiosInstance> {
  const { default: axios } = await import('axios');
  const client = axios.create({ signal, timeout: answerLimit });
  client.interceptors.response.use(undefined, (error: unknown) => Promise.reject(toApiError(error)));
  return client;
}
