import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { BusUnavailableError } from '@ticketing/common';
import { waitFor } from '@ticketing/common/testing';
import { busRig, hangUp, heard, join, numbers, storedOn } from './bus-rig';

const rig = busRig();

describe('publishes and a dying server', () => {
  it('publishes in flight, when the server is killed, then are reported as unknown, not as stored', async () => {
    const server = await rig.server();
    const bus = await rig.connectedBus(server);
    const naive = await rig.connectedNaiveClient(server, { reconnect: false });
    const naiveAnswers: (Error | undefined)[] = [];

    server.freeze();
    const outcomes = Promise.allSettled(numbers(100).map((payload) => bus.publish('ours', payload)));
    for (const payload of numbers(100)) naive.publish('naive', payload, (error) => naiveAnswers.push(error));
    await server.kill();

    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(BusUnavailableError) as unknown });
    }
    await waitFor(() => naiveAnswers.length === 100, 'the naive client to call back');
    await server.start();
    await waitFor(() => bus.state === 'connected', 'the connection');
    expect(await storedOn(bus, 'ours')).toEqual([]);

    // The control: it hears of no error, and nothing is stored.
    expect(naiveAnswers.every((error) => error === undefined)).toBe(true);
    expect(await storedOn(bus, 'naive')).toEqual([]);
  });

  it('publishes under load, when the server is killed and restarted, then all that resolved are stored', async () => {
    const server = await rig.server();
    const bus = await rig.connectedBus(server);
    const resolved: string[] = [];
    let next = 0;
    const publishUntilRefused = async (): Promise<void> => {
      for (;;) {
        const payload = String(next++);
        await bus.publish('load', payload);
        resolved.push(payload);
      }
    };

    const publishers = Promise.allSettled(numbers(50).map(publishUntilRefused));
    await waitFor(() => resolved.length > 1000, 'the load');
    await server.kill();
    await publishers;
    await server.start();
    await waitFor(() => bus.state === 'connected', 'the connection');

    const stored = new Set(await storedOn(bus, 'load'));
    expect(resolved.filter((payload) => !stored.has(payload))).toEqual([]);
  });

  it('more publishes at once than the client takes, then all are stored, once each', async () => {
    const server = await rig.server();
    const bus = await rig.connectedBus(server);
    const naive = await rig.connectedNaiveClient(server, { maxPubAcksInflight: 10 });
    const naiveAnswers: (string | undefined)[] = [];

    await Promise.all(numbers(20_000).map((payload) => bus.publish('ours', payload)));
    for (const payload of numbers(50)) naive.publish('naive', payload, (error) => naiveAnswers.push(error?.message));

    expect(await storedOn(bus, 'ours')).toEqual(numbers(20_000));

    // The control: told that most of them failed, it hears of each again, and they are stored.
    await waitFor(() => naiveAnswers.filter((error) => error === undefined).length === 50, 'the answers');
    expect(naiveAnswers.length).toBeGreaterThan(50);
    expect(await storedOn(bus, 'naive')).toEqual(numbers(50));
  });

  it('a publish before the connection, then rejects at once', async () => {
    const server = await rig.server();
    const bus = rig.bus(server);
    const connecting = bus.connect();
    const naive = rig.naiveClient(server, { ackTimeout: 500 });
    const naiveAnswer = new Promise((resolve) => naive.publish('naive', 'lost', resolve));

    await expect(bus.publish('ours', 'refused')).rejects.toThrow(BusUnavailableError);

    // The control: it connects, and yet the message has gone to nowhere.
    await connecting;
    expect(await naiveAnswer).toMatchObject({ message: 'stan: publish ack timeout' });
    expect(await storedOn(bus, 'naive')).toEqual([]);
  });

  it('a payload over the limit of the server, then is refused without harm to the connection', async () => {
    const server = await rig.server();
    const bus = await rig.connectedBus(server);
    const naive = await rig.connectedNaiveClient(server);
    const naiveIsCut = heard(naive, 'disconnect');
    const huge = 'x'.repeat(1024 * 1024);

    await expect(bus.publish('ours', huge)).rejects.toThrow(/1048576 bytes/);
    await bus.publish('ours', huge.slice(8192));
    expect(bus.state).toBe('connected');

    // The control: it loses its connection, with everything else that is on it.
    naive.publish('naive', huge, () => undefined);
    await naiveIsCut;
  });
});

describe('a server that goes away in other ways', () => {
  it('a server that falls silent, then is noticed within seconds, and used again when it wakes', async () => {
    const server = await rig.server();
    const bus = await rig.connectedBus(server);
    const received = await join(bus, 'silence');
    const naive = await rig.connectedNaiveClient(server);
    let naiveNoticed = false;
    for (const sign of ['disconnect', 'connection_lost', 'error']) naive.on(sign, () => (naiveNoticed = true));

    server.freeze();
    await expect(bus.publish('silence', 'unheard')).rejects.toThrow(BusUnavailableError);
    expect(bus.state).toBe('disconnected');
    expect(naiveNoticed).toBe(false);

    server.thaw();
    await waitFor(() => bus.state === 'connected', 'the connection');
    await bus.publish('silence', 'heard');
    await waitFor(() => received.some(({ payload }) => payload === 'heard'), 'the message');
  });

  it('NATS without streaming, then the bus connects when it comes, and again after it was killed', async () => {
    const nats = await rig.server({ clusterId: 'another' });
    const address = { url: nats.url, clusterId: 'ticketing' };
    const log = { info: jest.fn(), warn: jest.fn() };
    const bus = rig.bus(address, { log });
    const connecting = bus.connect();
    const naive = rig.naiveClient(address, { waitOnFirstConnect: true, connectTimeout: 200 });
    let naiveConnected = false;
    naive.on('connect', () => (naiveConnected = true));
    await heard(naive, 'close');
    expect(bus.state).toBe('connecting');

    const streaming = await rig.server({ natsUrl: nats.url });
    await connecting;
    expect(log.warn).toHaveBeenCalledTimes(1);
    const received = await join(bus, 'absence');
    expect(naiveConnected).toBe(false);

    await streaming.kill();
    await waitFor(() => bus.state === 'disconnected', 'the loss to be noticed');
    await streaming.start();
    await waitFor(() => bus.state === 'connected', 'the connection');
    await bus.publish('absence', 'back');
    await waitFor(() => received.some(({ payload }) => payload === 'back'), 'the message');
  });

  it('a server that forgets everything, when it restarts, then the bus starts anew with it', async () => {
    const server = await rig.server({ store: 'memory' });
    const bus = await rig.connectedBus(server);
    const received = await join(bus, 'memory');
    const naive = await rig.connectedNaiveClient(server, { reconnectTimeWait: 50, stanPingInterval: 1000 });
    const naiveIsLost = heard(naive, 'connection_lost');
    const naiveReceived: unknown[] = [];
    naive.subscribe('memory').on('message', (message) => naiveReceived.push(message));

    await server.kill();
    await server.start();
    await waitFor(() => bus.state === 'connected', 'the connection');
    await bus.publish('memory', 'new life');
    await waitFor(() => received.length === 1, 'the message');

    // The control: the server does not know it any more, and its subscription is dead.
    await naiveIsLost;
    expect(naiveReceived).toEqual([]);
  });

  it('a server that died in the middle of a write, when it is told once to cut what is torn, then has all that it acknowledged', async () => {
    const server = await rig.server();
    const bus = await rig.connectedBus(server);
    const received = await join(bus, 'torn');
    await Promise.all(numbers(100).map((payload) => bus.publish('torn', payload)));
    await server.kill();
    server.tear('torn');
    await expect(server.start()).rejects.toThrow(/unexpected EOF/);

    await server.start('-file_truncate_bad_eof');
    await server.kill();
    await server.start();
    await waitFor(() => bus.state === 'connected', 'the connection');
    expect(await storedOn(bus, 'torn')).toEqual(numbers(100));
    await bus.publish('torn', 'goes on');
    await waitFor(() => received.some(({ payload }) => payload === 'goes on'), 'the message');
  });

  it('something that is no NATS server, when it answers, then the bus keeps trying and nothing breaks', async () => {
    const manners: ((socket: Socket) => void)[] = [
      (socket) => socket.destroy(),
      (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
      (socket) => socket.end('INFO {"max_payload":1048576}\r\n-ERR \'Authorization Violation\'\r\n'),
      (socket) => socket.end('INFO {"tls_required":true}\r\n'),
    ];
    let visits = 0;
    const impostor = createServer((socket) => {
      socket.on('error', () => undefined);
      manners[visits++ % manners.length]?.(socket);
    }).listen(0, '127.0.0.1');
    await once(impostor, 'listening');
    const { port } = impostor.address() as AddressInfo;

    const bus = rig.bus({ url: `nats://127.0.0.1:${port}`, clusterId: 'ticketing' });
    const connecting = bus.connect();
    await waitFor(() => visits > manners.length, 'every manner to be tried');

    expect(bus.state).toBe('connecting');
    await bus.close();
    await expect(connecting).rejects.toThrow(BusUnavailableError);
    impostor.close();
  });

  it('close, when the server is silent, then is done within seconds', async () => {
    const server = await rig.server();
    const bus = await rig.connectedBus(server);
    await join(bus, 'silence');

    server.freeze();
    await bus.close();

    expect(bus.state).toBe('closed');
  });
});

describe('client ids', () => {
  it('a client id, when a living client has it, then the second waits and the first is not disturbed', async () => {
    const server = await rig.server();
    const first = await rig.connectedBus(server, { clientId: 'orders-1' });
    const received = await join(first, 'ids');
    const log = { info: jest.fn(), warn: jest.fn() };
    const second = rig.bus(server, { clientId: 'orders-1', log });
    const connecting = second.connect();
    await waitFor(() => log.warn.mock.calls.length === 1, 'the refusal');

    await first.publish('ids', 'undisturbed');
    await waitFor(() => received.length === 1, 'the message');
    expect(second.state).toBe('connecting');

    await first.close();
    await connecting;
  });

  it('a client id, when its client was killed, then is taken over at once', async () => {
    const server = await rig.server({ moreArguments: ['-hbi', '60s'] });
    hangUp(await rig.connectedNaiveClient(server, {}, 'orders-1'));

    await rig.connectedBus(server, { clientId: 'orders-1' });
  });
});
