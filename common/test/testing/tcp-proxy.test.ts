import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { TcpProxy, waitFor } from '../../src/testing';

/** Long beside the moment that a byte takes to its server and back. */
const A_WHILE = 200;

let echo: Server;
let proxy: TcpProxy;
/** The server's ends of the connections that are open. */
const atServer = new Set<Socket>();
const clients: Client[] = [];

/** Says words to the server, which repeats them. */
class Client {
  heard = '';
  ending: string | undefined;
  private readonly socket = connect(proxy.port, '127.0.0.1');

  constructor() {
    clients.push(this);
    this.socket.on('data', (chunk: Buffer) => (this.heard += chunk.toString()));
    this.socket.on('error', ({ code }: NodeJS.ErrnoException) => (this.ending = code));
    this.socket.on('close', () => (this.ending ??= 'closed'));
  }

  say(word: string): void {
    this.socket.write(word);
  }

  hears(word: string): Promise<boolean> {
    return waitFor(() => this.heard.endsWith(word), `"${word}" from the server`);
  }

  leave(): void {
    this.socket.destroy();
  }
}

async function connected(): Promise<Client> {
  const client = new Client();
  client.say('hello');
  await client.hears('hello');
  return client;
}

beforeAll(async () => {
  echo = createServer((socket) => {
    atServer.add(socket);
    socket.on('error', () => undefined).pipe(socket);
    socket.on('close', () => atServer.delete(socket));
  });
  await once(echo.listen(0, '127.0.0.1'), 'listening');
});
beforeEach(async () => {
  proxy = await TcpProxy.open((echo.address() as AddressInfo).port);
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.leave();
  await proxy.close();
  await waitFor(() => atServer.size === 0, 'the connections to end');
});
afterAll(async () => {
  await once(echo.close(), 'close');
});

test('all is well: what is said arrives, and who leaves has left at the other end', async () => {
  const client = await connected();
  client.leave();
  await waitFor(() => atServer.size === 0, 'the end at the server');
});

test('cut: both ends of a connection are told, new ones are refused until it heals', async () => {
  const client = await connected();
  await proxy.cut();
  await waitFor(() => client.ending === 'ECONNRESET' && atServer.size === 0, 'the reset');
  const refused = new Client();
  await waitFor(() => refused.ending === 'ECONNREFUSED', 'the refusal');
  await proxy.heal();
  await connected();
});

test('hung: open connections and new ones say nothing and stay open, and go on when it heals', async () => {
  const old = await connected();
  proxy.hang();
  const fresh = new Client();
  for (const client of [old, fresh]) client.say('late');
  await delay(A_WHILE);
  expect([old, fresh].map(({ heard, ending }) => [heard, ending])).toEqual([
    ['hello', undefined],
    ['', undefined],
  ]);
  await proxy.heal();
  await Promise.all([old.hears('late'), fresh.hears('late')]);
});

test('hung: who leaves has not left at the other end until it heals', async () => {
  const client = await connected();
  proxy.hang();
  client.leave();
  await delay(A_WHILE);
  expect(atServer.size).toBe(1);
  await proxy.heal();
  await waitFor(() => atServer.size === 0, 'the end at the server');
});

test('lost: the connections of then are dead for good and nobody is told, new ones work', async () => {
  const lost = await connected();
  proxy.lose();
  lost.say('nobody hears this');
  const fresh = await connected();
  await proxy.heal();
  expect(lost).toMatchObject({ heard: 'hello', ending: undefined });
  lost.leave();
  fresh.say('again');
  await fresh.hears('again');
  expect(atServer.size).toBe(2);
});

test('delayed: an answer takes the time of both ways longer', async () => {
  const client = await connected();
  proxy.delay(A_WHILE);
  const begin = Date.now();
  client.say('slow');
  await client.hears('slow');
  expect(Date.now() - begin).toBeGreaterThanOrEqual(2 * A_WHILE);
});

test('throttled: an answer takes time by its size', async () => {
  const client = await connected();
  proxy.throttle(100_000);
  const begin = Date.now();
  client.say(`${'long '.repeat(10_000)}end`);
  await client.hears('end');
  expect(Date.now() - begin).toBeGreaterThanOrEqual(1000);
});
