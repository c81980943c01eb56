import { BusUnavailableError } from '../../src/messaging/event-bus';
import { describeEventBus } from '../../src/testing/event-bus-contract';
import { InProcessBus, type InProcessBusOptions } from '../../src/testing/in-process-bus';

describeEventBus('InProcessBus', () => {
  const broker = new InProcessBus({ ackWaitMs: 50 });
  let reachable = true;
  let clients: InProcessBus[] = [];
  return Promise.resolve({
    client() {
      const client = broker.peer();
      if (!reachable) client.disconnect();
      clients.push(client);
      return client;
    },
    breakDown() {
      reachable = false;
      for (const client of clients) client.disconnect();
      return Promise.resolve();
    },
    recover() {
      reachable = true;
      for (const client of clients) client.reconnect();
      return Promise.resolve();
    },
    stop() {
      clients = [];
      return broker.close();
    },
  });
});

describe('InProcessBus as a tool of tests', () => {
  const numbers = Array.from({ length: 100 }, (_, index) => String(index));
  let bus: InProcessBus;

  afterEach(() => bus.close());

  async function handledBy(options: InProcessBusOptions): Promise<string[]> {
    bus = new InProcessBus(options);
    await bus.connect();
    const handled: string[] = [];
    await bus.subscribe({
      subject: 'numbers',
      group: 'group',
      onMessage: ({ payload }) => Promise.resolve(void handled.push(payload)),
    });
    for (const number of numbers) await bus.publish('numbers', number);
    await bus.idle();
    return handled;
  }

  it('messages, when nothing else is asked for, then come once and in order', async () => {
    expect(await handledBy({})).toEqual(numbers);
  });

  it('messages, when the bus reorders, then all come, in another order', async () => {
    const handled = await handledBy({ reorder: true });

    expect(handled).not.toEqual(numbers);
    expect([...handled].sort()).toEqual([...numbers].sort());
  });

  it('messages, when the bus duplicates, then some come twice, and with the same seed the same ones', async () => {
    const handled = await handledBy({ duplicate: true, seed: 7 });
    await bus.close();

    expect(new Set(handled)).toEqual(new Set(numbers));
    expect(handled.length).toBeGreaterThan(numbers.length);
    expect(await handledBy({ duplicate: true, seed: 7 })).toEqual(handled);
  });

  it('a publish, when its ack is to be lost, then rejects although the message is stored', async () => {
    bus = new InProcessBus();
    await bus.connect();
    bus.loseNextAcks();

    await expect(bus.publish('numbers', '1')).rejects.toThrow(BusUnavailableError);
    await bus.publish('numbers', '2');

    expect(bus.published('numbers').map(({ payload }) => payload)).toEqual(['1', '2']);
    expect(bus.published('letters')).toEqual([]);
  });

  it('idle, when a message must be delivered again, then waits for that', async () => {
    bus = new InProcessBus({ ackWaitMs: 20 });
    await bus.connect();
    let attempts = 0;
    await bus.subscribe({
      subject: 'numbers',
      group: 'group',
      onMessage: () => (++attempts < 3 ? Promise.reject(new Error('not yet')) : Promise.resolve()),
    });

    await bus.publish('numbers', '1');
    await bus.idle();

    expect(attempts).toBe(3);
  });
});
