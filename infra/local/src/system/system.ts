import { thisMachine, type Machine } from '../config';
import type { Child, Ending } from '../processes/child';
import { freePort } from '../processes/ports';
import { isIdle } from './broker';
import { buildClient, type ClientMode } from './client';
import { DataFolder } from './data-folder';
import { LocalGateway } from './gateway';
import { assertReached } from './given-servers';
import { Part, type PartPlan } from './part';
import { planClient, planService, planStandIn, type Common } from './plans';
import { planMongodb, planNatsStreaming, planRedis } from './servers';
import { serviceNames, type Addresses, type ServiceName, type Settings } from './settings';

const serverNames = ['mongodb', 'nats-streaming', 'redis', 'stripe'] as const;
export type PartName = (typeof serverNames)[number] | ServiceName | `${ServiceName}-${number}` | 'client';

export interface SystemOptions {
  /** Where the data is kept; one run at a time has it. */
  readonly folder: string;
  /** The port for browsers; a free one by default. */
  readonly port?: number;
  /** How the client is served; not at all by default. */
  readonly client?: ClientMode;
  /** How often each service runs; once by default. */
  readonly replicas?: number;
  /** What a person would decide by the environment. */
  readonly given?: Settings;
  readonly machine?: Machine;
  /** Has the last word about the settings that a part is launched with: for proxies in between, and for preloads. */
  readonly adjust?: (part: string, settings: Settings) => Settings;
  /** Takes what the services, the stand-in and the client write. */
  readonly onLine?: (part: string, line: string) => void;
  /** A part ended that nobody had stopped. */
  readonly onEnd?: (part: Part, ending: Ending) => void;
  /** Gives up a start that is under way. */
  readonly signal?: AbortSignal;
}

/**
 * Starts the whole system and resolves when all of it does its work. When that fails nothing is left running.
 * @throws Fault for what a person can mend
 */
export async function startSystem(options: SystemOptions): Promise<System> {
  const system = new System(options);
  try {
    await unlessAborted(system.start(), options.signal);
    return system;
  } catch (error) {
    await system.stop();
    throw error;
  }
}

export class System {
  private readonly folder: DataFolder;
  private readonly given: Settings;
  private readonly gateway = new LocalGateway();
  private readonly parts = new Map<string, Part>();
  private readonly children = new Map<Child, string>();
  private addresses: Partial<Addresses> = {};
  private stopping: Promise<void> | undefined;

  constructor(private readonly options: SystemOptions) {
    this.folder = new DataFolder(options.folder);
    this.given = options.given ?? {};
  }

  /** The address for browsers. */
  get url(): string {
    return this.addresses.gateway?.replace('127.0.0.1', 'localhost') ?? '';
  }

  /** The page on which the stand-in for Stripe shows its books, if it is used. */
  get ledgerUrl(): string | undefined {
    return this.addresses.stripe;
  }

  /** Whether every group has been sent everything and has acknowledged it, as the broker sees it. */
  isBrokerIdle(): Promise<boolean> {
    return isIdle(this.addresses.natsMonitor ?? '');
  }

  /** @throws Error when this run has no such part, because it was told to use another one */
  part(name: PartName): Part {
    const part = this.parts.get(name);
    if (!part) throw new Error(`${name} is no part of this run`);
    return part;
  }

  async start(): Promise<void> {
    await this.folder.open();
    const ports = await choosePorts(this.options.port, this.options.replicas ?? 1);
    this.addresses = { gateway: `http://127.0.0.1:${ports.gateway}` };
    await this.gateway.open(ports.gateway, targetsOf(ports));
    const built = this.options.client === 'production' ? this.buildClient() : Promise.resolve();
    await Promise.all([built, this.startParts(ports, built)]);
  }

  stop(): Promise<void> {
    this.stopping ??= this.shutDown();
    return this.stopping;
  }

  private async startParts(ports: Ports, clientBuilt: Promise<void>): Promise<void> {
    const addresses = await this.startServers(ports);
    this.addresses = addresses;
    const services = serviceNames.flatMap((name) =>
      ports[name].map((port, at) => this.run(planService(name, at + 1, port, addresses, this.common))),
    );
    const client = clientBuilt.then(() => this.startClient(ports.client, addresses));
    await Promise.all([...services, client]);
  }

  private async startServers(ports: Ports): Promise<Addresses> {
    const gateway = `http://127.0.0.1:${ports.gateway}`;
    const [mongodb, nats, redis, stripe] = await Promise.all([
      this.startMongodb(),
      this.startNatsStreaming(),
      this.startRedis(),
      this.startStandIn(ports.stripe, gateway),
    ]);
    return { gateway, mongodb, ...nats, redis, stripe };
  }

  private async startMongodb(): Promise<string> {
    return (await this.givenServer('MONGO_URI')) ?? this.run(await planMongodb(this.folder, this.machine));
  }

  private async startRedis(): Promise<string> {
    return (await this.givenServer('REDIS_URL')) ?? this.run(await planRedis(this.folder, this.machine));
  }

  private async startNatsStreaming(): Promise<Pick<Addresses, 'nats' | 'natsCluster' | 'natsMonitor'>> {
    const { NATS_CLUSTER_ID = 'ticketing', NATS_MONITOR_URL } = this.given;
    const given = await this.givenServer('NATS_URL');
    if (given) return { nats: given, natsCluster: NATS_CLUSTER_ID, natsMonitor: NATS_MONITOR_URL };
    const plan = await planNatsStreaming(this.folder, this.machine);
    return { nats: await this.run(plan), natsCluster: 'ticketing', natsMonitor: plan.monitorUrl };
  }

  /** The address of a server that a person named instead of one of ours. */
  private async givenServer(setting: 'MONGO_URI' | 'NATS_URL' | 'REDIS_URL'): Promise<string | undefined> {
    const uri = this.given[setting];
    if (uri) await assertReached(setting, uri);
    return uri;
  }

  private async startStandIn(port: number, gateway: string): Promise<string | undefined> {
    return this.given.STRIPE_KEY ? undefined : this.run(planStandIn(port, gateway, this.common));
  }

  private async startClient(port: number, addresses: Addresses): Promise<void> {
    const { client } = this.options;
    if (client) await this.run(planClient(client, port, addresses, this.common));
  }

  private async buildClient(): Promise<void> {
    await buildClient((build) => this.track('the build of the client', build));
  }

  /** @returns its address, once it does its work */
  private async run(plan: PartPlan): Promise<string> {
    const part = new Part(plan, {
      onLaunch: (name, child) => this.track(name, child),
      onEnd: (ended, ending) => this.options.onEnd?.(ended, ending),
    });
    this.parts.set(plan.name, part);
    await part.start();
    return part.url;
  }

  /** So that the next run can end what this one leaves if it is killed. */
  private track(name: string, child: Child): void {
    this.children.set(child, name);
    this.record();
    void child.ended.then(() => {
      this.children.delete(child);
    });
    if (this.stopping) void child.kill();
  }

  private record(): void {
    const children = [...this.children].flatMap(([{ identity }, name]) => (identity ? [{ name, ...identity }] : []));
    this.folder.record({ addresses: this.addresses, children });
  }

  private async shutDown(): Promise<void> {
    await Promise.all([this.gateway.close(), this.stopParts(['client'])]);
    await this.stopParts([...this.parts.keys()].filter(isService));
    await this.stopParts(serverNames);
    await Promise.all([...this.children.keys()].map((child) => child.kill()));
    this.folder.close();
  }

  private async stopParts(names: readonly string[]): Promise<void> {
    const parts = names.flatMap((name) => this.parts.get(name) ?? []);
    await Promise.all(parts.map((part) => part.stop()));
  }

  private get machine(): Machine {
    return this.options.machine ?? thisMachine();
  }

  private get common(): Common {
    const { folder, given, options } = this;
    return {
      folder,
      given,
      secrets: folder.secrets,
      onLine: (part, line) => options.onLine?.(part, line),
      adjust: (part, settings) => options.adjust?.(part, settings) ?? settings,
    };
  }
}

type Ports = Record<'gateway' | 'client' | 'stripe', number> & Record<ServiceName, readonly number[]>;

async function choosePorts(gateway: number | undefined, replicas: number): Promise<Ports> {
  const services = serviceNames.map(async (name) => [name, await freePorts(replicas)] as const);
  return {
    ...(Object.fromEntries(await Promise.all(services)) as Record<ServiceName, number[]>),
    client: await freePort(),
    stripe: await freePort(),
    gateway: gateway ?? (await freePort()),
  };
}

const freePorts = (count: number) => Promise.all(Array.from({ length: count }, () => freePort()));

const isService = (part: string) => serviceNames.some((name) => part === name || part.startsWith(`${name}-`));

/** The names of the services in the manifest, and where they are here. */
function targetsOf(ports: Ports): Record<string, string[]> {
  const names = ['auth', 'tickets', 'orders', 'payments', 'client'] as const;
  const urls = (name: (typeof names)[number]) => [ports[name]].flat().map((port) => `http://127.0.0.1:${port}`);
  return Object.fromEntries(names.map((name) => [`${name}-srv`, urls(name)]));
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  const aborted = new Promise<never>((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  return Promise.race([work, aborted]);
}
