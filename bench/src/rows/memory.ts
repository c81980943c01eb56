import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inClone, serviceNames, type ServiceName } from '@ticketing/local';
import { rounded, type Figure } from '../figure';
import { Reference } from '../rig/reference';
import type { Rig } from '../rig/rig';
import type { Row } from './row';

const MOST_RATIO = 1.4;
const REST_MILLISECONDS = 5000;
/** So long Node takes until it has given back what it had for a busy time. */
const LONG_REST_MILLISECONDS = 120_000;
const TOP_LEVEL_IMPORT = /^\S.*\brequire\("([^".][^"]*)"\)/gm;

/** What the services take of the machine's memory before anybody asks anything of them, and after all that was asked. */
export const memoryAtRest: Row = {
  name: 'memory',
  measure: (rig) => measureMemory(rig, 'at rest', REST_MILLISECONDS),
};
export const memoryAfter: Row = {
  name: 'memory',
  async measure(rig) {
    const busy = ofServices(rig);
    const [figure] = await measureMemory(rig, 'two minutes after the run', LONG_REST_MILLISECONDS);
    return figure ? [{ ...figure, measured: `${figure.measured}; ${Math.round(busy)} MB right after it` }] : [];
  },
};

async function measureMemory(rig: Rig, when: string, restMilliseconds: number): Promise<Figure[]> {
  const bare: Reference[] = [];
  try {
    for (const name of serviceNames) bare.push(await startBare(rig, name));
    await delay(restMilliseconds);
    const subject = ofServices(rig);
    const reference = sum(bare.map(({ pid }) => shareOf(pid)));
    const ratio = subject / reference;
    return [
      {
        row: 'memory',
        what: `memory of five services, ${when}`,
        measured: `${Math.round(subject)} MB`,
        reference: `${Math.round(reference)} MB: five bare processes`,
        ratio: rounded(ratio),
        bound: `≤ ${MOST_RATIO} ×`,
        holds: ratio <= MOST_RATIO,
        values: { subject: rounded(subject), reference: rounded(reference) },
      },
    ];
  } finally {
    await Promise.all(bare.map((reference) => reference.stop()));
  }
}

const ofServices = (rig: Rig) => sum(serviceNames.map((name) => rig.part(name).pid ?? NaN).map(shareOf));

function startBare(rig: Rig, service: ServiceName): Promise<Reference> {
  const packages = [...importsOf('common'), ...importsOf(service)];
  return Reference.start('bare-process', { packages, mongoUri: rig.databaseUri(service) });
}

/** The files of other people's packages that a package of ours loads when it is loaded. */
function importsOf(name: string): string[] {
  const folder = inClone(name, 'dist');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const code = files.filter((file) => file.endsWith('.js') && !file.startsWith('testing'));
  const names = code.flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(TOP_LEVEL_IMPORT)]);
  const foreign = names
    .map(([, imported = '']) => imported)
    .filter((imported) => !/^(node:|@ticketing\/)/.test(imported));
  return [...new Set(foreign)].map((imported) => createRequire(join(folder, 'index.js')).resolve(imported));
}

/** In MB; of pages that processes share, each has its part. */
function shareOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+) kB$/m.exec(text)?.[1]) / 1024;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
