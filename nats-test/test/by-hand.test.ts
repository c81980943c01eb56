import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { log, NatsStreamingBus } from '@ticketing/common';
import { buildEvent, newId, waitFor } from '@ticketing/common/testing';
import { StreamingServer } from './bus/streaming-server';
import { inheritedEnvironment } from '../../infra/local/src/config';

jest.setTimeout(60_000);

let server: StreamingServer;

beforeAll(async () => {
  server = await StreamingServer.start();
  log.level = 'silent';
});
afterAll(() => server.stop());

/** A command as npm would run it. */
class Command {
  out = '';
  err = '';
  private readonly child;
  private readonly ended;

  constructor(name: 'publish' | 'listen', args: readonly string[], natsUrl = server.url) {
    const script = path.resolve(__dirname, `../dist/src/${name}.js`);
    this.child = spawn(process.execPath, [script, ...args], { env: { ...inheritedEnvironment(), NATS_URL: natsUrl } });
    this.child.stdout.on('data', (chunk: Buffer) => (this.out += chunk.toString()));
    this.child.stderr.on('data', (chunk: Buffer) => (this.err += chunk.toString()));
    this.ended = once(this.child, 'close');
  }

  async end(): Promise<number> {
    const [code] = (await this.ended) as [number];
    return code;
  }

  async interrupt(): Promise<number> {
    this.child.kill('SIGINT');
    return this.end();
  }
}

async function listen(...args: string[]): Promise<Command> {
  const command = new Command('listen', args);
  await waitFor(() => command.err.includes('Listening'), 'listen to listen', 30_000);
  return command;
}

async function publish(type: string, data: object): Promise<void> {
  const command = new Command('publish', [type, JSON.stringify(data)]);
  const code = await command.end();
  if (code !== 0) throw new Error(command.err);
}

async function sayRaw(subject: string, payload: string): Promise<void> {
  const bus = new NatsStreamingBus({ url: server.url, clusterId: server.clusterId, clientId: `test-${newId()}`, log });
  await bus.connect();
  await bus.publish(subject, payload);
  await bus.close();
}

test('an event published by hand is heard by whoever listens to its type, and Ctrl-C ends the listening cleanly', async () => {
  const orders = await listen('order:created', 'order:cancelled');
  const { data } = buildEvent('order:created');
  await publish('expiration:complete', { orderId: newId() });
  await publish('order:created', data);
  await waitFor(() => orders.out.includes(data.id), 'the order to be heard', 20_000);
  expect(orders.out.trim().split('\n')).toHaveLength(1);
  expect(orders.out).toMatch(/order:created #1 \{/);
  expect(await orders.interrupt()).toBe(0);
});

test('what is no event on the subject: shown with the reason, and the listening goes on', async () => {
  await sayRaw('payment:failed', '{"no":"event"}');
  const listener = await listen('payment:failed');
  await publish('payment:failed', { orderId: newId(), reason: 'refunded' });
  await waitFor(() => listener.out.includes('refunded'), 'the event after it', 20_000);
  expect(listener.out).toMatch(/^payment:failed #1 INVALID, not a CloudEvents envelope.*\{"no":"event"\}$/m);
  await listener.interrupt();
});

test('two that listen: each hears everything from the beginning; with --new only what comes from now on', async () => {
  const before = newId();
  const after = newId();
  await publish('ticket:deleted', { id: before, version: 3 });
  const listeners = await Promise.all([
    listen('ticket:deleted'),
    listen('ticket:deleted'),
    listen('--new', 'ticket:deleted'),
  ]);
  await publish('ticket:deleted', { id: after, version: 4 });
  await Promise.all(
    listeners.map((listener) => waitFor(() => listener.out.includes(after), 'the later event', 20_000)),
  );
  expect(listeners.map(({ out }) => out.includes(before))).toEqual([true, true, false]);
  await Promise.all(listeners.map((listener) => listener.interrupt()));
});

describe('a mistake at the keyboard ends with a sentence that helps, and exit code 1', () => {
  const id = '0123456789abcdef01234567';
  test.each([
    ['no arguments', 'publish', [], /npm run publish -- TYPE DATA/],
    ['a type that there is not', 'publish', ['order:made', '{}'], /"order:made" is no type[^]*order:created/],
    ['data that is not JSON', 'publish', ['ticket:deleted', '{id'], /not JSON/],
    ['data off its schema', 'publish', ['ticket:deleted', `{"id":"${id}"}`], /ticket:deleted: version: .*number/],
    ['data that a shell has split', 'publish', ['ticket:deleted', '{"id":', '1}'], /in quotes/],
    ['a type to listen to that there is not', 'listen', ['orders'], /"orders" is no type[^]*order:created/],
    ['an option that there is not', 'listen', ['--old'], /--old/],
  ] as const)('%s', async (_what, name, args, sentence) => {
    const command = new Command(name, args);
    expect(await command.end()).toBe(1);
    expect(command.err).toMatch(sentence);
    expect(command.err).not.toMatch(/\n\s+at /);
  });

  test('no broker', async () => {
    const command = new Command('publish', ['ticket:deleted', `{"id":"${id}","version":1}`], 'nats://127.0.0.1:1');
    expect(await command.end()).toBe(1);
    expect(command.err).toMatch(/No NATS Streaming answers at nats:\/\/127\.0\.0\.1:1/);
  });
});
