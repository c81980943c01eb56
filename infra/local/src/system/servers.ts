import { closeSync, readFileSync } from 'node:fs';
import type { Machine } from '../config';
import { freePort } from '../processes/ports';
import { mongodb } from '../servers/mongodb';
import { natsStreaming } from '../servers/nats-streaming';
import { redis } from '../servers/redis';
import type { ServerKind, Site } from '../servers/server';
import type { DataFolder } from './data-folder';
import type { PartPlan } from './part';

/** A store that was not closed is read through before it opens. */
const READY_MILLISECONDS = 60_000;

export async function planMongodb(folder: DataFolder, machine: Machine): Promise<PartPlan> {
  const site = { port: await freePort(), folder: folder.folder('mongodb') };
  return plan(mongodb, site, `mongodb://127.0.0.1:${site.port}/`, folder, machine);
}

export async function planRedis(folder: DataFolder, machine: Machine): Promise<PartPlan> {
  const site = { port: await freePort(), folder: folder.folder('redis') };
  return plan(redis, site, `redis://127.0.0.1:${site.port}`, folder, machine);
}

export async function planNatsStreaming(folder: DataFolder, machine: Machine): Promise<NatsPlan> {
  const site = { port: await freePort(), monitorPort: await freePort(), folder: folder.folder('nats-streaming') };
  const nats = await plan(natsStreaming, site, `nats://127.0.0.1:${site.port}`, folder, machine);
  return { ...nats, monitorUrl: `http://127.0.0.1:${site.monitorPort}` };
}

export interface NatsPlan extends PartPlan {
  readonly monitorUrl: string;
}

async function plan<S extends Site>(
  kind: ServerKind<S>,
  site: S,
  url: string,
  folder: DataFolder,
  machine: Machine,
): Promise<PartPlan> {
  const binary = await kind.locate(machine);
  folder.stamp(kind.name, binary);
  const logName = kind.name.toLowerCase().replace(' ', '-');
  return {
    name: logName,
    url,
    readyWithin: READY_MILLISECONDS,
    launch() {
      const log = folder.openLog(logName);
      const child = kind.start(binary, site, log);
      closeSync(log);
      return child;
    },
    ready: () => kind.ready(site),
    stop: (child) => kind.stop(child),
    lastWords: () => `${lastLine(folder.logPath(logName))} (the rest is in ${folder.logPath(logName)})`,
  };
}

function lastLine(path: string): string {
  return readFileSync(path, 'utf8').trimEnd().split('\n').at(-1) ?? '';
}
