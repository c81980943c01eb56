import type { BusMessage } from '@ticketing/common';
import { waitFor } from '@ticketing/common/testing';
import type { Message, Stan, Subscription } from 'node-nats-streaming';
import { busRig, hangUp, heard, join, numbers, storedOn } from './bus-rig';

const rig = busRig();

describe('members of a group', () => {
  it('a member that was killed, then its messages come to the others, no more at once than they take', async () => {
    const server = await rig.server();
    const killed = await rig.connectedNaiveClient(server);
    const { messages: inHand } = await joinNaively(killed, 'killed', 'group');
    const bus = await rig.connectedBus(server);
    for (const payload of numbers(20)) await bus.publish('killed', payload);
    await waitFor(() => inHand.length === 20, 'the messages at the first member');

    let atWork = 0;
    let most = 0;
    const received = await join(bus, 'killed', {
      maxInFlight: 2,
      async onMessage() {
        most = Math.max(most, ++atWork);
        await new Promise(setImmediate);
        atWork -= 1;
      },
    });
    hangUp(killed);

    // Sooner than by the ack wait of 15 s: the server misses the heartbeats.
    await waitFor(() => received.length === 20, 'the messages at the other member');
    expect(received.every(({ redelivered }) => redelivered)).toBe(true);
    expect(most).toBe(2);
  });

  it('the last member, when it closes, then the group keeps its place; when it unsubscribes, then it does not', async () => {
    const server = await rig.server();
    const publisher = await rig.connectedBus(server);
    await publisher.publish('places', 'first');
    const bus = await rig.connectedBus(server);
    const naive = await rig.connectedNaiveClient(server);
    const ours = await join(bus, 'places', { group: 'ours' });
    const { messages, subscription } = await joinNaively(naive, 'places', 'naive');
    await waitFor(() => ours.length === 1 && messages.length === 1, 'the first message');
    messages[0]?.ack();

    await bus.close();
    subscription.unsubscribe();
    await heard(subscription, 'unsubscribed');
    await publisher.publish('places', 'second');

    const oursAgain = await join(publisher, 'places', { group: 'ours' });
    const naiveAgain = await join(publisher, 'places', { group: 'naive' });
    await waitFor(() => [oursAgain, naiveAgain].every(hasSecond), 'the second message');
    expect(oursAgain.map(({ payload }) => payload)).toEqual(['second']);
    expect(naiveAgain.map(({ payload }) => payload)).toEqual(['first', 'second']);

    function hasSecond(messages: readonly BusMessage[]): boolean {
      return messages.some(({ payload }) => payload === 'second');
    }
  });
});

describe('a subscription that fails', () => {
  it('a subscription, when its answer is lost, then is made anew and leaves no deaf member behind', async () => {
    const server = await rig.server();
    const bus = await rig.connectedBus(server);
    const naive = await rig.connectedNaiveClient(server);

    server.freeze();
    const joining = join(bus, 'lost-reply', { group: 'ours' });
    await heard(subscribeNaively(naive, 'lost-reply', 'naive'), 'timeout');
    server.thaw(); // before anybody's pings have failed
    const received = await joining;
    for (const payload of numbers(20)) await bus.publish('lost-reply', payload);

    await waitFor(() => received.length >= 20, 'all messages');
    expect(received.map(({ payload }) => payload)).toEqual(numbers(20));
    expect(await membersOf(server.monitorUrl, 'lost-reply', 'ours')).toBe(1);

    // The control: the server counts on a member that was told it is none.
    expect(await membersOf(server.monitorUrl, 'lost-reply', 'naive')).toBe(1);
  });

  it('a subscription, when the server refuses it, then is tried again, and the rest goes on', async () => {
    const server = await rig.server({ moreArguments: ['-max_subs', '1'] });
    const { subscription } = await joinNaively(await rig.connectedNaiveClient(server), 'refused', 'holder');
    const log = { info: jest.fn(), warn: jest.fn() };
    const bus = await rig.connectedBus(server, { log });
    let isJoined = false;
    const joining = join(bus, 'refused').then((received) => {
      isJoined = true;
      return received;
    });
    await waitFor(() => log.warn.mock.calls.length > 0, 'the refusal');

    await bus.publish('refused', 'all the same');
    expect(isJoined).toBe(false);
    expect(bus.state).toBe('connected');

    subscription.unsubscribe();
    const received = await joining;
    await waitFor(() => received.length === 1, 'the message');
  });
});

describe('the store and its end', () => {
  it('a channel without limits, when a group comes late, then it gets everything; with limits it does not', async () => {
    const unlimited = await rig.server();
    const limited = await rig.server({ moreArguments: ['-max_msgs', '100'] });

    for (const [server, expected] of [
      [unlimited, 300],
      [limited, 99],
    ] as const) {
      const bus = await rig.connectedBus(server);
      await Promise.all(numbers(300).map((payload) => bus.publish('limits', payload)));
      expect(await storedOn(bus, 'limits')).toHaveLength(expected);
    }
  });

  it('a group that lags behind, when it is asked for, then the bus tells by how much', async () => {
    const server = await rig.server();
    const bus = await rig.connectedBus(server);
    await join(bus, 'lag', { group: 'quick' });
    const slow = await join(bus, 'lag', {
      group: 'slow',
      maxInFlight: 1,
      ackWaitSeconds: 1,
      onMessage: () => new Promise(() => undefined),
    });
    await join(bus, 'quiet', { group: 'quick' });

    for (const payload of numbers(5)) await bus.publish('lag', payload);
    await waitFor(() => slow.length > 0, 'the first message');

    expect(await bus.consumerLag()).toEqual([
      { subject: 'lag', group: 'quick', behind: 0 },
      { subject: 'lag', group: 'slow', behind: 4 },
      { subject: 'quiet', group: 'quick', behind: 0 },
    ]);
    await server.kill();
    await expect(bus.consumerLag()).rejects.toThrow();
  });

  it('the lag, when no monitoring address is set, then is not told', async () => {
    const server = await rig.server();
    const bus = await rig.connectedBus({ url: server.url, clusterId: server.clusterId });
    await join(bus, 'lag');

    expect(await bus.consumerLag()).toEqual([]);
  });
});

function subscribeNaively(client: Stan, subject: string, group: string): Subscription {
  const options = client.subscriptionOptions().setDurableName(group).setDeliverAllAvailable().setManualAckMode(true);
  return client.subscribe(subject, group, options);
}

/** Joins a group and takes its messages without acknowledging them. */
async function joinNaively(
  client: Stan,
  subject: string,
  group: string,
): Promise<{ messages: Message[]; subscription: Subscription }> {
  const messages: Message[] = [];
  const subscription = subscribeNaively(client, subject, group);
  subscription.on('message', (message: Message) => messages.push(message));
  await heard(subscription, 'ready');
  return { messages, subscription };
}

/** As many as the server believes to be there. */
async function membersOf(monitorUrl: string, subject: string, group: string): Promise<number> {
  const response = await fetch(`${monitorUrl}/streaming/channelsz?channel=${subject}&subs=1`);
  const { subscriptions } = (await response.json()) as { subscriptions: { queue_name: string; is_offline: boolean }[] };
  return subscriptions.filter((member) => member.queue_name === `${group}:${group}` && !member.is_offline).length;
}
