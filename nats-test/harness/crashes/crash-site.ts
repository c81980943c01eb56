import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CRASH_POINTS } from '@ticketing/common';
import { waitFor } from '@ticketing/common/testing';
import { SERVICES } from '@ticketing/local';
import { Shop, type ShopOptions } from '../shop';
import type { Visitor } from '../visitor';
import type { Place } from './crash-points';
import { Databases } from './databases';
import { Supervisor } from './supervisor';

type Settings = Parameters<NonNullable<ShopOptions['adjust']>>[1];

/** A timer that went off in a process that died is taken over after some fifteen seconds. */
const DEATH_MILLISECONDS = 40_000;
const root = path.resolve(__dirname, '../../..');
const dieAtPoint = require.resolve('./die-at-point');

/** A shop whose services die where they are told to, and are started again. */
export class CrashSite {
  private constructor(
    readonly shop: Shop,
    readonly databases: Databases,
    readonly seller: Visitor,
    readonly buyer: Visitor,
    readonly other: Visitor,
    private readonly supervisor: Supervisor,
    private readonly launched: ReadonlyMap<string, Settings>,
    private readonly folder: string,
  ) {}

  /** @param more what else a service is to load before it starts, by its name */
  static async open(settings: Record<string, string> = {}, more: Record<string, string> = {}): Promise<CrashSite> {
    const folder = mkdtempSync(path.join(tmpdir(), 'crashes-'));
    for (const service of SERVICES) {
      writePreload(folder, service, more[service]);
      writePreload(folder, commandOf(service));
    }
    const supervisor = new Supervisor();
    const launched = new Map<string, Settings>();
    const adjust: ShopOptions['adjust'] = (part, given) => {
      const adjusted = isService(part) ? asPod(part, given, folder) : given;
      launched.set(part, adjusted);
      return adjusted;
    };
    const shop = await Shop.open(settings, { adjust, onEnd: supervisor.onEnd });
    const databases = await Databases.at(shop.system.part('mongodb').url);
    const [seller, buyer, other] = (await shop.visitors(3)) as [Visitor, Visitor, Visitor];
    return new CrashSite(shop, databases, seller, buyer, other, supervisor, launched, folder);
  }

  async close(): Promise<void> {
    await this.databases.close();
    await this.shop.close();
    rmSync(this.folder, { recursive: true });
  }

  /** Who died so far, and how. */
  get deaths(): readonly string[] {
    return this.supervisor.deaths.map(({ part, ending }) => `${part}: ${ending}`);
  }

  /** Lets a service die as soon as it comes by the point. Resolves when it has, and is at work again. */
  async dies({ service, point, about }: Place): Promise<void> {
    const { deaths } = this.supervisor;
    const before = deaths.length;
    const order = this.order(service, point, about);
    try {
      await waitFor(() => deaths.length > before, `a death at "${point}"`, DEATH_MILLISECONDS);
      if (!order.isObeyed()) throw new Error(`${deaths.at(-1)?.part} died, and not at "${point}"`);
    } finally {
      order.end();
    }
    await this.supervisor.allUp();
  }

  /** Resolves when everybody has acknowledged everything that was said. */
  isQuiet(): Promise<void> {
    return this.shop.isQuiet();
  }

  /** Runs an operator's command of a service. @returns how it ended: its exit code, or the signal that ended it */
  async command(service: string, command: string, ...args: string[]): Promise<number | string> {
    const script = path.join(root, service, 'dist/commands', `${command}.js`);
    const env = { ...this.launched.get(service), NODE_OPTIONS: preload(this.folder, commandOf(service)) };
    const child = spawn(process.execPath, [script, ...args], { env, stdio: 'ignore' });
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    return signal ?? code ?? 'nothing';
  }

  /** Runs it, and lets it die at the point. */
  async commandDies({ service, point, about }: Place, command: string, ...args: string[]): Promise<void> {
    const order = this.order(commandOf(service), point, about);
    const ending = await this.command(service, command, ...args);
    const wasObeyed = order.isObeyed();
    order.end();
    if (ending !== 'SIGKILL' || !wasObeyed) throw new Error(`no death at "${point}": it ended with ${ending}`);
  }

  /** An order to die, which a program obeys by taking it away. */
  private order(program: string, name: string, about: string | undefined) {
    const file = orderFor(this.folder, program);
    writeFileSync(file, JSON.stringify({ name, about }));
    return { isObeyed: () => !existsSync(file), end: () => rmSync(file, { force: true }) };
  }
}

const isService = (part: string) => SERVICES.some((service) => service === part);

const commandOf = (service: string) => `${service}-command`;
const orderFor = (folder: string, program: string) => path.join(folder, `${program}.order`);
const preload = (folder: string, program: string) => `--require ${path.join(folder, `${program}.js`)}`;

/** A pod keeps its name when it is started again, so that the broker lets it in at once. */
function asPod(name: string, settings: Settings, folder: string): Settings {
  return { ...settings, NATS_CLIENT_ID: name, NODE_OPTIONS: preload(folder, name) };
}

function writePreload(folder: string, program: string, more?: string): void {
  const call = `(${JSON.stringify(CRASH_POINTS)}, ${JSON.stringify(orderFor(folder, program))})`;
  const lines = [
    `require(${JSON.stringify(dieAtPoint)})${call};`,
    ...(more ? [`require(${JSON.stringify(more)});`] : []),
  ];
  writeFileSync(path.join(folder, `${program}.js`), lines.join('\n'));
}
