import { randomUUID } from 'node:crypto';
import { NatsStreamingBus } from '@ticketing/common';
import { describeEventBus } from '@ticketing/common/testing';
import { StreamingServer } from './streaming-server';

const log = { info: jest.fn(), warn: jest.fn() };

describeEventBus('NatsStreamingBus', async () => {
  const server = await StreamingServer.start();
  const { url, clusterId } = server;
  return {
    client: () => new NatsStreamingBus({ url, clusterId, clientId: `test-${randomUUID()}`, log }),
    breakDown: () => server.kill(),
    recover: () => server.start(),
    stop: () => server.stop(),
  };
});

describe('NatsStreamingBus and its settings', () => {
  const right = { url: 'nats://localhost', clusterId: 'ticketing', clientId: 'orders-1', log };

  it.each([
    ['an address of something else', { url: 'http://localhost:4222' }],
    ['no address', { url: 'localhost' }],
    ['a client id that the server refuses', { clientId: 'orders.1' }],
    ['no cluster id', { clusterId: '' }],
  ])('a bus, when it is given %s, then is not made', (_what, wrong) => {
    expect(() => new NatsStreamingBus({ ...right, ...wrong })).toThrow();
    expect(new NatsStreamingBus(right).state).toBe('connecting');
  });
});
