import { randomUUID } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import { connect, type Stan, type StanOptions } from 'node-nats-streaming';
import {
  NatsStreamingBus,
  type BusMessage,
  type EventBus,
  type NatsStreamingBusOptions,
  type Subscription,
} from '@ticketing/common';
import { waitFor } from '@ticketing/common/testing';
import { StreamingServer, type ServerOptions } from './streaming-server';

type Address = Pick<StreamingServer, 'url' | 'clusterId'> & { monitorUrl?: string };
type BusOptions = Partial<Pick<NatsStreamingBusOptions, 'clientId' | 'log'>>;

export interface BusRig {
  server(options?: ServerOptions): Promise<StreamingServer>;
  /** A bus of this project, not yet connected. */
  bus(address: Address, options?: BusOptions): NatsStreamingBus;
  connectedBus(address: Address, options?: BusOptions): Promise<NatsStreamingBus>;
  /** The client library as it comes, without this project's precautions: the control of each trap. */
  naiveClient(address: Address, options?: StanOptions, clientId?: string): Stan;
  connectedNaiveClient(address: Address, options?: StanOptions, clientId?: string): Promise<Stan>;
}

/** What a test starts with this is gone after it. */
export function busRig(): BusRig {
  const servers: StreamingServer[] = [];
  const buses: NatsStreamingBus[] = [];
  const naiveClients: Stan[] = [];

  // Servers first: nobody then waits for a polite answer.
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()));
    for (const client of naiveClients.splice(0)) hangUp(client);
    await Promise.all(buses.splice(0).map((bus) => bus.close()));
  });

  const rig: BusRig = {
    async server(options) {
      const server = await StreamingServer.start(options);
      servers.push(server);
      return server;
    },
    bus({ url, monitorUrl, clusterId }, options) {
      const standard = { clientId: randomClientId(), log: { info: jest.fn(), warn: jest.fn() } };
      const bus = new NatsStreamingBus({ url, monitorUrl, clusterId, ...standard, ...options });
      buses.push(bus);
      return bus;
    },
    async connectedBus(address, options) {
      const bus = rig.bus(address, options);
      await bus.connect();
      return bus;
    },
    naiveClient({ url, clusterId }, options, clientId = randomClientId()) {
      const client = connect(clusterId, clientId, { url, ...options });
      client.on('error', () => undefined); // without it the first error ends the process
      naiveClients.push(client);
      return client;
    },
    async connectedNaiveClient(...about) {
      const client = rig.naiveClient(...about);
      await heard(client, 'connect');
      return client;
    },
  };
  return rig;
}

/** Joins a group and keeps what it hands out. */
export async function join(bus: EventBus, subject: string, more: Partial<Subscription> = {}): Promise<BusMessage[]> {
  const received: BusMessage[] = [];
  const handle = more.onMessage ?? (() => Promise.resolve());
  const onMessage = (message: BusMessage): Promise<void> => {
    received.push(message);
    return handle(message);
  };
  await bus.subscribe({ subject, group: 'group', ...more, onMessage });
  return received;
}

/** Everything that the server has stored on a subject, up to now. */
export async function storedOn(bus: EventBus, subject: string): Promise<string[]> {
  const end = `end ${randomUUID()}`;
  await bus.publish(subject, end);
  const received = await join(bus, subject, { group: randomUUID(), maxInFlight: 1000 });
  await waitFor(() => received.some(({ payload }) => payload === end), 'the end of the channel');
  return received.map(({ payload }) => payload).filter((payload) => !payload.startsWith('end '));
}

export function numbers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index));
}

/** Ends a naive client as if its process were killed: the streaming server hears nothing about it. */
export function hangUp(client: Stan): void {
  const inside = client as unknown as { nc?: { close(): void }; cleanupOnClose(): void };
  inside.cleanupOnClose(); // its timers, which would throw on the closed connection
  inside.nc?.close();
}

/** Unlike `once` of node:events, this goes on waiting when there is an error. */
export function heard(emitter: EventEmitter, event: string): Promise<unknown> {
  return new Promise((resolve) => emitter.once(event, resolve));
}

function randomClientId(): string {
  return `test-${randomUUID()}`;
}
