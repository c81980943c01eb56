import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AxiosInstance, InternalAxiosRequestConfig } from 'axios';
import { getConfig } from '../lib/config';
import type { Service } from '../lib/config';
import { nameRequest } from '../lib/request-id';
import { Api } from './calls';
import { toApiError } from './errors';

export interface ServerContext {
  req: IncomingMessage;
  res: ServerResponse;
}

/** A page that waits longer is of no use to its visitor, who gets the page that says so instead. */
const answerLimit = 2500;

const forwarded = ['cookie', 'x-request-id', 'traceparent', 'x-forwarded-for'] as const;

const serviceOf: Record<string, Service> = {
  users: 'auth',
  tickets: 'tickets',
  orders: 'orders',
  payments: 'payments',
};

/**
 * The API as the visitor of a page would reach it, for rendering on the server: it goes straight to the services
 * with the visitor's cookie, and hands the cookies that they set on to the visitor.
 */
export async function buildClient({ req, res }: ServerContext): Promise<Api> {
  nameRequest(req, res);
  const client = await servicesWith(visitorHeaders(req));
  client.interceptors.response.use((response) => {
    passCookies(response.headers['set-cookie'], res);
    return response;
  });
  return new Api(client);
}

/** The API for what is no visitor's: what it answers may be kept and given to everybody. */
export const buildPublicClient = async (): Promise<Api> => new Api(await servicesWith({}));

async function servicesWith(headers: Record<string, string>): Promise<AxiosInstance> {
  const { default: axios } = await import('axios');
  const client = axios.create({ headers, timeout: answerLimit, maxRedirects: 0, proxy: false });
  client.interceptors.request.use(addressService);
  client.interceptors.response.use(undefined, (error: unknown) => Promise.reject(toApiError(error)));
  return client;
}

function visitorHeaders(req: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of forwarded) {
    const value = req.headers[name];
    if (value !== undefined) headers[name] = String(value);
  }
  return headers;
}

function addressService(request: InternalAxiosRequestConfig): InternalAxiosRequestConfig {
  const resource = /^\/api\/(\w+)/.exec(request.url ?? '')?.[1] ?? '';
  const service = serviceOf[resource];
  if (service === undefined) throw new Error(`No service answers ${request.url ?? 'an empty address'}`);
  request.baseURL = getConfig().serviceUrls[service];
  return request;
}

/** A session that was renewed and not handed on would sign its visitor out. */
function passCookies(cookies: string[] | undefined, res: ServerResponse): void {
  if (cookies !== undefined && !res.headersSent) res.appendHeader('set-cookie', cookies);
}
