import type { AxiosInstance, AxiosResponse } from 'axios';
import { nextCursor } from '../lib/next-page';
import { serverTime } from '../lib/time';
import { call } from './call';
import { ApiError, toApiError } from './errors';
import type {
  ApiDocument,
  Credentials,
  ListTicketsQuery,
  Order,
  Page,
  Payment,
  Ticket,
  TicketDetails,
  User,
} from './types';

/** An order together with the server's time at which it stood so, if the answer said it. */
export interface OrderAtTime {
  order: Order;
  serverNow: number | undefined;
}

export async function currentUser(client: AxiosInstance): Promise<User | null> {
  const { data } = await call(client, 'get', '/api/users/currentuser', {});
  return data.currentUser;
}

export async function signIn(client: AxiosInstance, body: Credentials): Promise<void> {
  await call(client, 'post', '/api/users/signin', { body });
}

export async function signUp(client: AxiosInstance, body: Credentials): Promise<void> {
  await call(client, 'post', '/api/users/signup', { body });
}

export async function signOut(client: AxiosInstance): Promise<void> {
  await call(client, 'post', '/api/users/signout', {});
}

export async function listTickets(
  client: AxiosInstance,
  query: Omit<ListTicketsQuery, 'cursor'>,
  cursor?: ListTicketsQuery['cursor'],
): Promise<Page<Ticket>> {
  return pageOf(await call(client, 'get', '/api/tickets', { query: { ...query, cursor } }));
}

export async function showTicket(client: AxiosInstance, id: string): Promise<Ticket> {
  const { data } = await call(client, 'get', '/api/tickets/{id}', { path: { id } });
  return data;
}

export async function createTicket(client: AxiosInstance, body: TicketDetails): Promise<Ticket> {
  const { data } = await call(client, 'post', '/api/tickets', { body });
  return data;
}

export async function updateTicket(client: AxiosInstance, id: string, body: TicketDetails): Promise<Ticket> {
  const { data } = await call(client, 'put', '/api/tickets/{id}', { path: { id }, body });
  return data;
}

export async function withdrawTicket(client: AxiosInstance, id: string): Promise<void> {
  await call(client, 'delete', '/api/tickets/{id}', { path: { id } });
}

export async function listOrders(client: AxiosInstance, cursor?: string): Promise<Page<Order>> {
  return pageOf(await call(client, 'get', '/api/orders', { query: { cursor } }));
}

export async function showOrder(client: AxiosInstance, id: string): Promise<OrderAtTime> {
  const { data, headers } = await call(client, 'get', '/api/orders/{id}', { path: { id } });
  return { order: data, serverNow: serverTime(headers.date) };
}

export async function createOrder(client: AxiosInstance, ticketId: string): Promise<Order> {
  const { data } = await call(client, 'post', '/api/orders', { body: { ticketId } });
  return data;
}

export async function cancelOrder(client: AxiosInstance, id: string): Promise<void> {
  await call(client, 'delete', '/api/orders/{id}', { path: { id } });
}

export async function pay(client: AxiosInstance, orderId: string, token: string): Promise<void> {
  await call(client, 'post', '/api/payments', { body: { orderId, token } });
}

/** At most one: an order has no second payment. */
export async function listPayments(client: AxiosInstance, orderId: string): Promise<Payment[]> {
  const { data } = await call(client, 'get', '/api/payments', { query: { orderId } });
  return data;
}

const DESCRIBED = ['/api/users', '/api/tickets', '/api/orders', '/api/payments'];

/**
 * What the services say of their routes, as one document, and the paths whose service is away.
 * @throws ApiError when all are
 */
export async function apiDocument(client: AxiosInstance): Promise<{ api: ApiDocument; away: string[] }> {
  const answers = await Promise.all(
    DESCRIBED.map((path) => client.get<ApiDocument>(`${path}/openapi.json`).then(({ data }) => data, toApiError)),
  );
  const documents = answers.flatMap((answer) => (answer instanceof ApiError ? [] : [answer]));
  const failure = answers.find((answer) => answer instanceof ApiError);
  if (failure && documents.length === 0) throw failure;
  return { api: joined(documents), away: DESCRIBED.filter((_path, place) => answers[place] instanceof ApiError) };
}

function joined(documents: readonly ApiDocument[]): ApiDocument {
  const [first] = documents as [ApiDocument];
  const schemas = Object.assign({}, ...documents.map(({ components }) => components.schemas)) as object;
  return {
    ...first,
    info: { ...first.info, title: 'ticketing' },
    paths: Object.assign({}, ...documents.map(({ paths }) => paths)) as object,
    components: { ...first.components, schemas },
  };
}

function pageOf<T>({ data, headers }: AxiosResponse<T[]>): Page<T> {
  return { items: data, next: nextCursor(headers.link) };
}
