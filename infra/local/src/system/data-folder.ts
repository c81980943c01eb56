import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../fault';
import { say } from '../output';
import { isAlive } from '../processes/identity';
import { LockFile } from '../processes/lock-file';
import { endOrphans, type Orphan } from '../processes/orphans';
import type { Binary } from '../servers/chain';
import type { Addresses, Secrets } from './settings';

/** What a run leaves for the next one, and for the commands that look for it. */
export interface RunFile {
  /** All of them once the run is ready. */
  readonly addresses: Partial<Addresses>;
  readonly children: readonly Orphan[];
}

const NEEDED_MEGABYTES = 500;

/** All that is ever in it. */
const SECRETS = ['jwt-key', 'webhook-secret'];
const ENTRIES = [
  ...SECRETS,
  'lock',
  'run.json',
  'versions.json',
  'logs',
  'mongodb',
  'nats-streaming',
  'redis',
  'stripe',
];

/** The folder of one clone's data. One run at a time has it. */
export class DataFolder {
  private readonly lock: LockFile;
  private held = false;

  constructor(readonly path: string) {
    this.lock = new LockFile(join(path, 'lock'));
  }

  /** Takes the folder, and ends what a run that was killed left behind. @throws Fault when another run has it */
  async open(): Promise<void> {
    const holder = this.lock.take();
    if (holder) throw new Fault(`The system runs already in this clone (process ${holder.pid}).`);
    this.held = true;
    await endOrphans(this.lastRun()?.children ?? [], say);
    this.checkSpace();
  }

  close(): void {
    if (!this.held) return;
    this.held = false;
    rmSync(join(this.path, 'run.json'), { force: true });
    this.lock.release();
  }

  /** @returns the run that has the folder now */
  currentRun(): RunFile | undefined {
    const holder = this.lock.holder();
    return holder && isAlive(holder) ? this.lastRun() : undefined;
  }

  record(run: RunFile): void {
    this.write('run.json', JSON.stringify(run, undefined, 2));
  }

  /** A folder in it, made when it is not there. */
  folder(name: string): string {
    const path = join(this.path, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  logPath(name: string): string {
    return join(this.folder('logs'), `${name}.log`);
  }

  /** An empty file for what a server says. */
  openLog(name: string): number {
    return openSync(this.logPath(name), 'w');
  }

  /** Made once and kept: with another key for the sessions everybody would be signed out. */
  get secrets(): Secrets {
    return { jwtKey: this.secret('jwt-key'), webhookSecret: this.secret('webhook-secret') };
  }

  /** @throws Fault when another major version of a server wrote the data */
  stamp(server: string, { version, path }: Binary): void {
    const versions = this.versions();
    const before = versions[server];
    if (before && major(before) !== major(version)) {
      throw new Fault(
        `The data in ${this.path} was written by ${server} ${before}, and ${path} is ${version}. ` +
          `Start with ${server} ${major(before)}, or empty the data: npm start -- --reset`,
      );
    }
    this.write('versions.json', JSON.stringify({ ...versions, [server]: version }));
  }

  /** Deletes everything in it. @throws Fault when a run has it, or something in it is not ours */
  async empty(): Promise<void> {
    const foreign = existsSync(this.path) ? readdirSync(this.path).filter((entry) => !isOurs(entry)) : [];
    if (foreign.length > 0) {
      throw new Fault(`${this.path} holds more than this system's data (${foreign.join(', ')}). Nothing was deleted.`);
    }
    await this.open();
    for (const entry of ENTRIES) {
      if (entry !== 'lock') rmSync(join(this.path, entry), { recursive: true, force: true });
    }
    this.close();
  }

  private versions(): Record<string, string> {
    try {
      return JSON.parse(this.read('versions.json') ?? '{}') as Record<string, string>;
    } catch {
      throw new Fault(`${join(this.path, 'versions.json')} is damaged: nobody can tell which servers wrote the data.`);
    }
  }

  private secret(name: string): string {
    const known = this.read(name);
    if (known) return known;
    const secret = randomBytes(32).toString('base64url');
    this.write(name, secret);
    return secret;
  }

  private lastRun(): RunFile | undefined {
    try {
      return JSON.parse(this.read('run.json') ?? '') as RunFile;
    } catch {
      return undefined;
    }
  }

  private checkSpace(): void {
    const { bavail, bsize } = statfsSync(this.path);
    const free = Math.floor((bavail * bsize) / 1e6);
    if (free >= NEEDED_MEGABYTES) return;
    throw new Fault(`The disk is full: ${free} MB are free for ${this.path}, ${NEEDED_MEGABYTES} MB are needed.`);
  }

  private read(name: string): string | undefined {
    try {
      return readFileSync(join(this.path, name), 'utf8');
    } catch {
      return undefined;
    }
  }

  /** Whole or not at all. */
  private write(name: string, text: string): void {
    const path = join(this.path, name);
    writeFileSync(`${path}.new`, text, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
}

/** With what was being written when a run was killed. */
const isOurs = (entry: string) => ENTRIES.includes(entry.replace(/(\.removal)*(\.(new|\d+))?$/, ''));

const major = (version: string) => version.split('.')[0];
