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

const DESCRIBED = ['/api/users', '/api/tickets', '/api/orders', '/api/payments'];

/** The calls that the shop makes, each with what it needs and what it answers. */
export class Api {
  constructor(private readonly client: AxiosInstance) {}

  async currentUser(): Promise<User | null> {
    const { data } = await call(this.client, 'get', '/api/users/currentuser', {});
    return data.currentUser;
  }

  async signIn(body: Credentials): Promise<void> {
    await call(this.client, 'post', '/api/users/signin', { body });
  }

  async signUp(body: Credentials): Promise<void> {
    await call(this.client, 'post', '/api/users/signup', { body });
  }

  async signOut(): Promise<void> {
    await call(this.client, 'post', '/api/users/signout', {});
  }

  async listTickets(
    query: Omit<ListTicketsQuery, 'cursor'>,
    cursor?: ListTicketsQuery['cursor'],
  ): Promise<Page<Ticket>> {
    return pageOf(await call(this.client, 'get', '/api/tickets', { query: { ...query, cursor } }));
  }

  async showTicket(id: string): Promise<Ticket> {
    const { data } = await call(this.client, 'get', '/api/tickets/{id}', { path: { id } });
    return data;
  }

  async createTicket(body: TicketDetails): Promise<Ticket> {
    const { data } = await call(this.client, 'post', '/api/tickets', { body });
    return data;
  }

  async updateTicket(id: string, body: TicketDetails): Promise<Ticket> {
    const { data } = await call(this.client, 'put', '/api/tickets/{id}', { path: { id }, body });
    return data;
  }

  async withdrawTicket(id: string): Promise<void> {
    await call(this.client, 'delete', '/api/tickets/{id}', { path: { id } });
  }

  async listOrders(cursor?: string): Promise<Page<Order>> {
    return pageOf(await call(this.client, 'get', '/api/orders', { query: { cursor } }));
  }

  async showOrder(id: string): Promise<OrderAtTime> {
    const { data, headers } = await call(this.client, 'get', '/api/orders/{id}', { path: { id } });
    return { order: data, serverNow: serverTime(headers.date) };
  }

  async createOrder(ticketId: string): Promise<Order> {
    const { data } = await call(this.client, 'post', '/api/orders', { body: { ticketId } });
    return data;
  }

  async cancelOrder(id: string): Promise<void> {
    await call(this.client, 'delete', '/api/orders/{id}', { path: { id } });
  }

  async pay(orderId: string, token: string): Promise<void> {
    await call(this.client, 'post', '/api/payments', { body: { orderId, token } });
  }

  /** At most one: an order has no second payment. */
  async listPayments(orderId: string): Promise<Payment[]> {
    const { data } = await call(this.client, 'get', '/api/payments', { query: { orderId } });
    return data;
  }

  /**
   * What the services say of their routes, as one document, and the paths whose service is away.
   * @throws ApiError when all are
   */
  async apiDocument(): Promise<{ api: ApiDocument; away: string[] }> {
    const answers = await Promise.all(
      DESCRIBED.map((path) =>
        this.client.get<ApiDocument>(`${path}/openapi.json`).then(({ data }) => data, toApiError),
      ),
    );
    const documents = answers.flatMap((answer) => (answer instanceof ApiError ? [] : [answer]));
    const failure = answers.find((answer) => answer instanceof ApiError);
    if (failure && documents.length === 0) throw failure;
    return { api: joined(documents), away: DESCRIBED.filter((_path, place) => answers[place] instanceof ApiError) };
  }
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
