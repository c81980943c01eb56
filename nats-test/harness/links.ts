import type { SystemOptions } from '@ticketing/local';
import { TcpProxy } from '@ticketing/common/testing';

/** Every line between a service and one of its servers. */
export const links = [
  ['auth', 'mongodb'],
  ['tickets', 'mongodb'],
  ['orders', 'mongodb'],
  ['payments', 'mongodb'],
  ['tickets', 'nats-streaming'],
  ['orders', 'nats-streaming'],
  ['payments', 'nats-streaming'],
  ['expiration', 'nats-streaming'],
  ['expiration', 'redis'],
  ['payments', 'stripe'],
] as const;

export const servers = ['mongodb', 'nats-streaming', 'redis', 'stripe'] as const;

export type Service = (typeof links)[number][0];
export type Server = (typeof servers)[number];

const addressIn: Record<Server, string> = {
  mongodb: 'MONGO_URI',
  'nats-streaming': 'NATS_URL',
  redis: 'REDIS_URL',
  stripe: 'STRIPE_API_URL',
};

interface Link {
  readonly service: Service;
  readonly server: Server;
  readonly proxy: TcpProxy;
}

/** The lines between the services of a system and their servers, each of which can fail by itself. */
export class Links {
  private constructor(private readonly all: readonly Link[]) {}

  static async open(): Promise<Links> {
    const opened = links.map(async ([service, server]) => ({ service, server, proxy: await TcpProxy.open() }));
    return new Links(await Promise.all(opened));
  }

  /** For `startSystem`: puts the lines in between. */
  readonly adjust: NonNullable<SystemOptions['adjust']> = (part, settings) => {
    const own = this.all.filter(({ service }) => service === part);
    const addresses = own.map(({ server, proxy }) => {
      const address = new URL(settings[addressIn[server]] ?? '');
      proxy.leadTo(Number(address.port));
      address.port = String(proxy.port);
      return [addressIn[server], address.href] as const;
    });
    return { ...settings, ...Object.fromEntries(addresses) };
  };

  between(service: Service, server: Server): TcpProxy {
    const link = this.all.find((other) => other.service === service && other.server === server);
    if (!link) throw new Error(`${service} has no line to ${server}`);
    return link.proxy;
  }

  to(server: Server): TcpProxy[] {
    return this.all.filter((link) => link.server === server).map(({ proxy }) => proxy);
  }

  async heal(): Promise<void> {
    await Promise.all(this.all.map(({ proxy }) => proxy.heal()));
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map(({ proxy }) => proxy.close()));
  }
}
