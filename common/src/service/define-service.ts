import type { Route } from '../http';
import type { EventBus, ListenerClass } from '../messaging';
import type { AnyModel } from '../persistence';
import type { Config } from './config';
import type { Logger } from './logger';
import type { Sweep } from './periodic';

/** Something besides the database and the bus that a service opens at its start and closes at its end. */
export interface Resource {
  readonly name: string;
  start(context: ServiceContext): Promise<void>;
  state(): 'up' | 'down';
  stop(): Promise<void>;
}

export interface ServiceContext {
  readonly bus: EventBus;
  readonly log: Logger;
}

/** The settings that the frame itself looks at; a service without a database or a door lacks those. */
export interface FrameSettings {
  readonly PORT: number;
  readonly HOST?: string | undefined;
  readonly LOG_LEVEL: string;
  readonly JWT_KEY?: string;
  readonly PUBLIC_ORIGIN?: readonly string[];
  readonly COOKIE_SECURE?: boolean;
  readonly TRUST_PROXY_HOPS?: number;
  readonly MONGO_URI?: string;
  readonly NATS_URL?: string;
  readonly NATS_CLUSTER_ID?: string;
  readonly NATS_CLIENT_ID?: string | undefined;
  readonly NATS_MONITOR_URL?: string | undefined;
}

/** What a service is. */
export interface ServiceDefinition {
  readonly name: string;
  readonly config: Config<FrameSettings>;
  /** The collections it owns. With any, it has a database; with an aggregate among them, an outbox. */
  readonly models: readonly AnyModel[];
  readonly routes: readonly Route[];
  /** Routes that read the raw body and answer strangers: they stand before the JSON parser. */
  readonly webhooks: readonly Route[];
  readonly listeners: readonly ListenerClass[];
  readonly sweeps: readonly Sweep[];
  readonly resources: readonly Resource[];
}

type Part = keyof Omit<ServiceDefinition, 'name' | 'config'>;
type Given = Pick<ServiceDefinition, 'name' | 'config'> & {
  readonly [P in Part]?: ServiceDefinition[P];
};

/** Whether a service hears or speaks: one whose settings name no broker does neither. */
export function usesBus({ config }: ServiceDefinition): boolean {
  return 'NATS_URL' in config.shape;
}

/** States what a service is; an absent part is an absent thing. Nothing happens until it is started. */
export function defineService(definition: Given): ServiceDefinition {
  return { models: [], routes: [], webhooks: [], listeners: [], sweeps: [], resources: [], ...definition };
}
