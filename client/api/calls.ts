import type { AxiosInstance, AxiosResponse } from 'axios';
import { nextCursor } from '../lib/next-page';
import { serverTime } from '../lib/time';
import type { TicketQuery } from '../lib/ticket-query';
import type { ApiDocument, Order, Page, Payment, Ticket, User } from './types';

/** An order together with the server's time at which it stood so, if the answer said it. */
export interface OrderAtTime {
  order: Order;
  serverNow: number | undefined;
}

export interface Credentials {
  email: string;
  password: string;
}

/** What a seller says about a ticket. */
export type TicketInput = Pick<Ticket, 'title'> &
  Partial<Pick<Ticket, 'venue' | 'startsAt' | 'description'>> & { price: string; category?: string };

export async function currentUser(client: AxiosInstance): Promise<User | null> {
  const { data } = await client.get<{ currentUser: User | null }>('/api/users/currentuser');
  return data.currentUser;
}

export async function signIn(client: AxiosInstance, credentials: Credentials): Promise<void> {
  await client.post('/api/users/signin', credentials);
}

export async function signUp(client: AxiosInstance, credentials: Credentials): Promise<void> {
  await client.post('/api/users/signup', credentials);
}

export async function signOut(client: AxiosInstance): Promise<void> {
  await client.post('/api/users/signout', {});
}

export async function listTickets(
  client: AxiosInstance,
  query: TicketQuery & { seller?: 'me' },
  cursor?: string,
): Promise<Page<Ticket>> {
  return pageOf(await client.get<Ticket[]>('/api/tickets', { params: { ...query, cursor } }));
}

export async function showTicket(client: AxiosInstance, id: string): Promise<Ticket> {
  const { data } = await client.get<Ticket>(`/api/tickets/${encodeURIComponent(id)}`);
  return data;
}

export async function createTicket(client: AxiosInstance, input: TicketInput): Promise<Ticket> {
  const { data } = await client.post<Ticket>('/api/tickets', input);
  return data;
}

export async function updateTicket(client: AxiosInstance, id: string, input: TicketInput): Promise<Ticket> {
  const { data } = await client.put<Ticket>(`/api/tickets/${encodeURIComponent(id)}`, input);
  return data;
}

export async function withdrawTicket(client: AxiosInstance, id: string): Promise<void> {
  await client.delete(`/api/tickets/${encodeURIComponent(id)}`);
}

export async function listOrders(client: AxiosInstance, cursor?: string): Promise<Page<Order>> {
  return pageOf(await client.get<Order[]>('/api/orders', { params: { cursor } }));
}

export async function showOrder(client: AxiosInstance, id: string): Promise<OrderAtTime> {
  const { data, headers } = await client.get<Order>(`/api/orders/${encodeURIComponent(id)}`);
  return { order: data, serverNow: serverTime(headers.date) };
}

export async function createOrder(client: AxiosInstance, ticketId: string): Promise<Order> {
  const { data } = await client.post<Order>('/api/orders', { ticketId });
  return data;
}

export async function cancelOrder(client: AxiosInstance, id: string): Promise<void> {
  await client.delete(`/api/orders/${encodeURIComponent(id)}`);
}

export async function pay(client: AxiosInstance, orderId: string, token: string): Promise<Payment> {
  const { data } = await client.post<Payment>('/api/payments', { orderId, token });
  return data;
}

const DESCRIBED = ['users', 'tickets', 'orders', 'payments'];

/** What the services say of their routes, as one document. */
export async function apiDocument(client: AxiosInstance): Promise<ApiDocument> {
  const answers = await Promise.all(
    DESCRIBED.map((resource) => client.get<ApiDocument>(`/api/${resource}/openapi.json`)),
  );
  const documents = answers.map(({ data }) => data);
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
