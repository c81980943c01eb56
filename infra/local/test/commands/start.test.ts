import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { waitFor } from '@ticketing/common/testing';
import { inheritedEnvironment } from '../../src/config';
import { isAlive } from '../../src/processes/identity';
import { freePort } from '../../src/processes/ports';
import type { RunFile } from '../../src/system/data-folder';
import { inClone } from '../../src/system/paths';
import { tempFolder } from '../temp-folder';

jest.setTimeout(180_000);
const START_MILLISECONDS = 120_000;
const STOP_MILLISECONDS = 10_000;

const temp = tempFolder();
const main = inClone('infra/local/dist/main.js');
const env = { ...inheritedEnvironment(), TICKETING_DATA: temp('data'), LOG_LEVEL: 'warn' };
let port: number;

beforeAll(async () => {
  port = await freePort();
});

/** `npm start` without npm. */
class Start {
  output = '';
  private readonly process: ChildProcess;
  readonly exitCode: Promise<number | null>;

  constructor(...options: string[]) {
    this.process = spawn(process.execPath, [main, 'start', '--port', String(port), ...options], { env });
    this.process.stdout?.on('data', (data: Buffer) => (this.output += data.toString()));
    this.process.stderr?.on('data', (data: Buffer) => (this.output += data.toString()));
    this.exitCode = once(this.process, 'exit').then(([code]) => code as number | null);
  }

  async ready(): Promise<void> {
    await waitFor(() => this.output.includes('Ready after'), 'the system', START_MILLISECONDS);
  }

  signal(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }
}

function command(...args: string[]) {
  return commandWith({}, ...args);
}

function commandWith(settings: Record<string, string>, ...args: string[]) {
  const options = { env: { ...env, ...settings }, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], options);
  return { status, stdout, stderr };
}

const childrenOfRun = () => (JSON.parse(readFileSync(temp('data', 'run.json'), 'utf8')) as RunFile).children;
const ticketsInShop = async () => {
  const response = await fetch(`http://localhost:${port}/api/tickets?limit=100`);
  return (await response.json()) as unknown[];
};

it('runs until it is told to stop, seeds once, and keeps its data over a kill of itself', async () => {
  const first = new Start();
  await first.ready();
  const begun = childrenOfRun();
  expect(begun.map(({ name }) => name).sort()).toEqual([
    'auth',
    'client',
    'expiration',
    'mongodb',
    'nats-streaming',
    'orders',
    'payments',
    'redis',
    'stripe',
    'tickets',
  ]);

  const page = await fetch(`http://127.0.0.1:${port}/`);
  expect(page.status).toBe(200);

  const again = command('start', '--port', String(await freePort()));
  expect(again).toEqual({
    status: 1,
    stdout: '',
    stderr: expect.stringMatching(/^The system runs already in this clone/),
  });

  expect(command('seed')).toMatchObject({ status: 0, stdout: expect.stringContaining('ada@example.com') });
  expect(command('seed')).toMatchObject({ status: 0 });
  await waitFor(async () => (await ticketsInShop()).length === 30, 'thirty of forty tickets to be on sale');

  first.signal('SIGKILL');
  await first.exitCode;
  const second = new Start();
  await second.ready();
  expect(second.output).toContain('ending what a killed run left behind');
  expect(begun.filter(isAlive)).toEqual([]);
  expect(await ticketsInShop()).toHaveLength(30);

  const children = childrenOfRun();
  const asked = Date.now();
  second.signal('SIGINT');
  second.signal('SIGINT'); // as npm does, which passes on what the terminal has sent already
  expect(await second.exitCode).toBe(0);
  expect(Date.now() - asked).toBeLessThan(STOP_MILLISECONDS);
  expect(second.output).toContain('Stopped.');
  expect(children.filter(isAlive)).toEqual([]);
  expect(existsSync(temp('data', 'lock'))).toBe(false);
});

it('empties the data when it is told to, and ends as a whole when a part ends', async () => {
  const start = new Start('--reset', '--yes');
  await start.ready();
  expect(await ticketsInShop()).toEqual([]);
  const children = childrenOfRun();
  process.kill(children.find(({ name }) => name === 'orders')!.pid, 'SIGKILL');
  expect(await start.exitCode).toBe(1);
  expect(start.output).toContain('orders ended by itself (signal SIGKILL). Stopping the rest …');
  expect(children.filter(isAlive)).toEqual([]);
});

it('gives up a start that is interrupted, and leaves nothing behind', async () => {
  const start = new Start();
  await waitFor(
    () => existsSync(temp('data', 'run.json')) && childrenOfRun().length > 0,
    'the first processes',
    30_000,
  );
  const children = childrenOfRun();
  start.signal('SIGTERM');
  expect(await start.exitCode).toBe(0);
  expect(children.filter(isAlive)).toEqual([]);
  expect(existsSync(temp('data', 'lock'))).toBe(false);
});

it('names the owner of a port that is taken, and starts nothing', async () => {
  const other = createServer().listen(port);
  await once(other, 'listening');
  const { status, stderr } = command('start', '--port', String(port));
  other.close();
  expect(status).toBe(1);
  expect(stderr).toContain(`Port ${port} is taken by process ${process.pid}`);
  expect(stderr).toContain(`npm start -- --port ${port + 1}`);
  expect(existsSync(temp('data', 'lock'))).toBe(false);
});

it.each([
  ['an option that there is not', ['start', '--prot', '1'], "Unknown option '--prot'"],
  ['a port that can not be', ['start', '--port', 'http'], '--port is "http"'],
  ['a seed with options', ['seed', '--twice'], 'npm run seed takes no options (not "--twice")'],
  ['a window without length', ['start', '--expiration-window', '0'], '--expiration-window is "0"'],
  ['a reset that nobody can confirm', ['start', '--reset'], 'add --yes'],
  ['a seed without a system', ['seed'], 'The system does not run. Start it in another terminal: npm start'],
  ['a refund without an order', ['refund'], 'Which order?'],
  ['events of no service', ['events', 'show', 'auth', '1'], 'Which service? One of tickets, orders, payments'],
])('refuses %s in one sentence', (_what, args, sentence) => {
  const { status, stdout, stderr } = command(...args);
  expect(stderr).toContain(sentence);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
});

it('refuses a key of Stripe that moves real money', () => {
  const { status, stderr } = commandWith({ STRIPE_KEY: 'sk_live_1' }, 'start');
  expect(stderr).toBe('STRIPE_KEY is no test key (sk_test_…): the local run never moves real money.\n');
  expect(status).toBe(1);
});

it('refuses a setting for the port under the name of the setting', () => {
  const { status, stderr } = commandWith({ PORT: 'http' }, 'start');
  expect(stderr).toBe('PORT is "http"; a whole number from 1 to 65535 is needed.\n');
  expect(status).toBe(1);
});

it.each([
  ['MONGO_URI', 'mongodb://me:secret@127.0.0.1:9/', '127.0.0.1:9'],
  ['NATS_URL', 'nats://127.0.0.1:9', '127.0.0.1:9'],
  ['REDIS_URL', 'redis://127.0.0.1:9', '127.0.0.1:9'],
])('names the setting %s when nobody answers there, and starts nothing', (setting, uri, address) => {
  const { status, stderr } = commandWith({ [setting]: uri }, 'start', '--port', String(port));
  expect(stderr).toBe(`Nobody answers at ${address}, where ${setting} says that a server is.\n`);
  expect(status).toBe(1);
  expect(existsSync(temp('data', 'lock'))).toBe(false);
});

it('refuses a data folder that is a file', () => {
  writeFileSync(temp('file'), '');
  const { status, stderr } = commandWith({ TICKETING_DATA: temp('file') }, 'start', '--port', String(port));
  expect(stderr).toMatch(/^There is a file where a folder is needed: .*\n$/);
  expect(status).toBe(1);
});

it('runs a command for events without the system, on its data', () => {
  const { status, stdout } = command('events', 'list', 'orders');
  expect(stdout).toContain('Nothing is parked and nothing is dead.');
  expect(status).toBe(0);
  expect(existsSync(temp('data', 'lock'))).toBe(false);
});

it('shows what there is to choose from when asked for help', () => {
  const { status, stdout } = command('start', '--help');
  expect(stdout).toContain('--expiration-window N');
  expect(status).toBe(0);
});
