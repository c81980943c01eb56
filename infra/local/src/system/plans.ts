import { inheritedEnvironment } from '../config';
import { Child } from '../processes/child';
import { answers } from '../processes/reach';
import { clientCommand, type ClientMode } from './client';
import type { DataFolder } from './data-folder';
import type { PartPlan } from './part';
import { inClone } from './paths';
import {
  clientSettings,
  serviceSettings,
  standInProcessSettings,
  type Addresses,
  type Secrets,
  type ServiceName,
  type Settings,
} from './settings';

/** What the plans of one run have in common. */
export interface Common {
  readonly folder: DataFolder;
  readonly secrets: Secrets;
  readonly given: Settings;
  readonly onLine: (part: string, line: string) => void;
  /** Has the last word about the settings that a part is launched with. */
  readonly adjust: (part: string, settings: Settings) => Settings;
}

const READY_MILLISECONDS = 60_000;

/** @param replica counts from 1; the first one has the service's own name */
export function planService(
  name: ServiceName,
  replica: number,
  port: number,
  addresses: Addresses,
  common: Common,
): PartPlan {
  return nodePlan(common, {
    name: replicaName(name, replica),
    port,
    command: [inClone(name, 'dist/index.js')],
    settings: serviceSettings(name, port, addresses, common.secrets, common.given),
    readyPath: '/readyz',
    stopWithin: 6000,
  });
}

export function replicaName(service: ServiceName, replica: number): string {
  return replica === 1 ? service : `${service}-${replica}`;
}

/** The stand-in for Stripe. */
export function planStandIn(port: number, gateway: string, common: Common): PartPlan {
  return nodePlan(common, {
    name: 'stripe',
    port,
    command: [inClone('infra/local/dist/stripe/main.js')],
    settings: standInProcessSettings(port, common.folder.folder('stripe'), gateway, common.secrets, common.given),
    readyPath: '/ledger.json',
    stopWithin: 2000,
  });
}

export function planClient(mode: ClientMode, port: number, addresses: Addresses, common: Common): PartPlan {
  return nodePlan(common, {
    name: 'client',
    port,
    command: clientCommand(mode, port),
    cwd: inClone('client'),
    settings: clientSettings(port, addresses, common.given),
    readyPath: '/api/livez',
    stopWithin: 1000,
  });
}

interface NodeProgram {
  readonly name: string;
  readonly port: number;
  /** The script and its arguments. */
  readonly command: readonly string[];
  readonly cwd?: string;
  readonly settings: Settings;
  /** The path that answers 200 when it is ready. */
  readonly readyPath: string;
  readonly stopWithin: number;
}

function nodePlan({ onLine, adjust }: Common, program: NodeProgram): PartPlan {
  const { name, port, command, cwd, settings, readyPath, stopWithin } = program;
  const url = `http://127.0.0.1:${port}`;
  return {
    name,
    url,
    readyWithin: READY_MILLISECONDS,
    launch: () =>
      new Child({
        command: process.execPath,
        args: command,
        cwd,
        env: { ...inheritedEnvironment(), ...adjust(name, settings) },
        output: (line) => onLine(name, line),
      }),
    ready: () => answers(url + readyPath),
    stop: (child) => child.stop(stopWithin),
  };
}
