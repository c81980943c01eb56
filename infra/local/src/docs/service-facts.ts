import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ApiDocument, EventType, Operation } from '@ticketing/common';
import { inClone } from '../system/paths';

/** What the code of a service says of it. */
export interface ServiceFacts {
  readonly name: string;
  readonly description: string;
  readonly routes: readonly RouteFacts[];
  /** Types of the events that it listens to. */
  readonly hears: readonly EventType[];
  /** Types of the events that are about its own. */
  readonly says: readonly EventType[];
  readonly settings: readonly SettingFacts[];
  /** The OpenAPI document, where it has routes. */
  readonly document?: ApiDocument;
}

export interface RouteFacts {
  /** `POST /api/orders` */
  readonly name: string;
  readonly summary: string;
  readonly who: Operation['who'];
  readonly statuses: readonly string[];
  /** The errors that this route has, and not each route of its kind. */
  readonly codes: readonly string[];
}

export interface SettingFacts {
  readonly name: string;
  readonly description: string;
  /** Undefined: it has to be set, or may stay unset if `optional`. */
  readonly fallback?: string;
  readonly optional: boolean;
}

export const SERVICES = ['auth', 'tickets', 'orders', 'payments', 'expiration'] as const;

/** Reads the definition of one service. In a process of its own: the models of two services share names. */
export async function factsOf(service: string): Promise<ServiceFacts> {
  const program = `require(${JSON.stringify(inClone('infra/local/dist/docs/print-facts.js'))}).printFacts(${JSON.stringify(service)})`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program]);
  return JSON.parse(stdout) as ServiceFacts;
}
