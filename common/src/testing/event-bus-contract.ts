import { randomUUID } from 'node:crypto';
import { BusUnavailableError, type BusMessage, type EventBus, type Subscription } from '../messaging/event-bus';
import { waitFor } from './wait-for';

/** A broker under test, with the means to make it go away and come back. */
export interface BusUnderTest {
  /** A new client, not yet connected. */
  client(): EventBus;
  /** Takes the broker out of every client's reach. */
  breakDown(): Promise<void>;
  /** Brings it back with everything that was stored. */
  recover(): Promise<void>;
  stop(): Promise<void>;
}

/** What every bus promises, whatever stands behind it. Call it in a test file of its own. */
export function describeEventBus(name: string, start: () => Promise<BusUnderTest>): void {
  describe(`${name} keeps the contract of a bus`, () => {
    let broker: BusUnderTest | undefined;
    let subject: string;
    let clients: EventBus[] = [];
    let isDown = false;

    beforeAll(async () => {
      broker = await start();
    });
    beforeEach(() => {
      subject = `test:${randomUUID()}`;
      clients = [];
    });
    afterEach(async () => {
      if (isDown) await recover();
      await Promise.all(clients.map((client) => client.close()));
    });
    afterAll(() => broker?.stop());

    function newClient(): EventBus {
      const client = broker!.client();
      clients.push(client);
      return client;
    }

    async function connected(): Promise<EventBus> {
      const client = newClient();
      await client.connect();
      return client;
    }

    async function publish(...payloads: string[]): Promise<void> {
      const client = await connected();
      await Promise.all(payloads.map((payload) => client.publish(subject, payload)));
    }

    /** Joins a group and keeps what it hands out. */
    async function join(client: EventBus, group: string, more: Partial<Subscription> = {}): Promise<BusMessage[]> {
      const received: BusMessage[] = [];
      const handle = more.onMessage ?? (() => Promise.resolve());
      const onMessage = (message: BusMessage): Promise<void> => {
        received.push(message);
        return handle(message);
      };
      await client.subscribe({ subject, group, ackWaitSeconds: 1, ...more, onMessage });
      return received;
    }

    async function breakDown(...affected: EventBus[]): Promise<void> {
      await broker!.breakDown();
      isDown = true;
      await waitFor(() => affected.every((client) => client.state !== 'connected'), 'the outage to be noticed');
    }

    async function recover(...affected: EventBus[]): Promise<void> {
      await broker!.recover();
      isDown = false;
      await waitFor(() => affected.every((client) => client.state === 'connected'), 'the clients to be back');
    }

    describe('publishing', () => {
      it('a message, when its publish has resolved, then is stored for a group that joins later', async () => {
        await publish('before anybody listened');

        const received = await join(await connected(), 'late');

        await waitFor(() => received.length === 1, 'the message');
        expect(received[0]).toEqual({ subject, sequence: 1, payload: 'before anybody listened', redelivered: false });
      });

      it('a payload, when it is long and not ASCII, then arrives as it was', async () => {
        const payload = JSON.stringify({ title: 'Žižkov 🎫 „ночь“ \u0000 \u2028', long: '€'.repeat(70_000) });
        await publish(payload);

        const received = await join(await connected(), 'reader');

        await waitFor(() => received.length === 1, 'the message');
        expect(received[0]?.payload).toBe(payload);
      });

      it('thousands at once, when all have resolved, then all are stored', async () => {
        const payloads = Array.from({ length: 3000 }, (_, index) => String(index));
        await publish(...payloads);

        const received = await join(await connected(), 'reader', { maxInFlight: 500 });

        await waitFor(() => received.length >= 3000, 'all messages');
        expect(new Set(received.map(({ payload }) => payload))).toEqual(new Set(payloads));
      });

      it('a publish, when the bus was never connected, then rejects at once', async () => {
        await expect(newClient().publish(subject, 'lost')).rejects.toThrow(BusUnavailableError);
      });

      it('a publish, when the broker is out of reach, then rejects at once, and works again afterwards', async () => {
        const client = await connected();
        await breakDown(client);
        expect(client.state).toBe('disconnected');
        await expect(client.publish(subject, 'lost')).rejects.toThrow(BusUnavailableError);

        await recover(client);
        await client.publish(subject, 'kept');

        const received = await join(client, 'reader');
        await waitFor(() => received.length > 0, 'a message');
        expect(received.map(({ payload }) => payload)).toEqual(['kept']);
      });
    });

    describe('groups', () => {
      it('two groups, when a message comes, then both get it', async () => {
        const client = await connected();
        const received = await Promise.all([join(client, 'orders'), join(client, 'payments')]);

        await client.publish(subject, 'for both');

        await waitFor(() => received.every(({ length }) => length === 1), 'both groups');
      });

      it('two members of a group, when messages come, then share them', async () => {
        const [first, second] = [await join(await connected(), 'group'), await join(await connected(), 'group')];

        await publish(...Array.from({ length: 50 }, (_, index) => String(index)));

        await waitFor(() => first.length + second.length >= 50, 'all messages');
        expect(first.length).toBeGreaterThan(0);
        expect(second.length).toBeGreaterThan(0);
        expect(new Set([...first, ...second].map(({ sequence }) => sequence)).size).toBe(50);
        expect(first.length + second.length).toBe(50);
      });

      it('a group, when its only member left and came back, then goes on where it stood', async () => {
        const client = await connected();
        const before = await join(client, 'group');
        await client.publish(subject, 'handled');
        await waitFor(() => before.length === 1, 'the first message');
        await client.close();
        await publish('missed');

        const after = await join(await connected(), 'group');

        await waitFor(() => after.length > 0, 'the missed message');
        expect(after.map(({ payload }) => payload)).toEqual(['missed']);
      });

      it('a group, when it joins while the broker is out of reach, then gets everything once it is back', async () => {
        const client = await connected();
        await client.publish(subject, 'earlier');
        await breakDown(client);
        const joining = join(client, 'group');

        await recover(client);

        const received = await joining;
        await waitFor(() => received.length === 1, 'the message');
      });

      it('a group, when the broker was away in between, then is joined again by itself', async () => {
        const client = await connected();
        const received = await join(client, 'group');
        await breakDown(client);
        await recover(client);

        await client.publish(subject, 'afterwards');

        await waitFor(() => received.some(({ payload }) => payload === 'afterwards'), 'the message');
      });
    });

    describe('acknowledging', () => {
      it('a message, when its handler rejects, then is delivered again without holding up others', async () => {
        const client = await connected();
        const failOnce = ({ payload, redelivered }: BusMessage): Promise<void> =>
          payload === 'bad' && !redelivered ? Promise.reject(new Error('not now')) : Promise.resolve();
        const received = await join(client, 'group', { onMessage: failOnce });

        await client.publish(subject, 'bad');
        await client.publish(subject, 'good');

        await waitFor(() => received.length === 3, 'the repeated delivery');
        expect(received.map(({ payload, redelivered }) => [payload, redelivered])).toEqual([
          ['bad', false],
          ['good', false],
          ['bad', true],
        ]);
      });

      it('a message, when its handler never ends, then is delivered again after the ack wait', async () => {
        const client = await connected();
        const hangOnce = ({ redelivered }: BusMessage): Promise<void> =>
          redelivered ? Promise.resolve() : new Promise(() => undefined);
        const received = await join(client, 'group', { maxInFlight: 1, onMessage: hangOnce });

        await client.publish(subject, 'hanging');
        await client.publish(subject, 'next');

        await waitFor(() => received.some(({ payload }) => payload === 'next'), 'the next message');
        await waitFor(() => received.some(({ redelivered }) => redelivered), 'the repeated delivery');
      });

      it('handlers, when there are more messages than allowed in flight, then run no more than that at once', async () => {
        const client = await connected();
        let atWork = 0;
        let most = 0;
        const count = async (): Promise<void> => {
          most = Math.max(most, ++atWork);
          await new Promise(setImmediate);
          atWork -= 1;
        };
        const received = await join(client, 'group', { maxInFlight: 3, onMessage: count });

        await publish(...Array.from({ length: 60 }, (_, index) => String(index)));

        await waitFor(() => received.length >= 60, 'all messages');
        expect(most).toBe(3);
      });

      it('a message in hand, when the connection is lost before its handler ends, then is not lost', async () => {
        const client = await connected();
        const handler = gate();
        const received = await join(client, 'group', { onMessage: () => handler.passed });
        await client.publish(subject, 'in hand');
        await waitFor(() => received.length === 1, 'the message');

        await breakDown(client);
        handler.open();
        await recover(client);

        await waitFor(() => received.length === 2, 'the repeated delivery');
        expect(received[1]).toMatchObject({ payload: 'in hand', redelivered: true });
      });
    });

    describe('closing', () => {
      it('close, when a handler is at work, then waits for it, and its message does not come again', async () => {
        const client = await connected();
        const handler = gate();
        const received = await join(client, 'group', { maxInFlight: 1, onMessage: () => handler.passed });
        await client.publish(subject, 'in hand');
        await client.publish(subject, 'not yet begun');
        await waitFor(() => received.length === 1, 'the message');

        let isClosed = false;
        const closing = client.close().then(() => (isClosed = true));
        await new Promise(setImmediate);
        expect(isClosed).toBe(false);
        handler.open();
        await closing;

        const others = await join(await connected(), 'group');
        await waitFor(() => others.length > 0, 'what was left');
        expect(others.map(({ payload }) => payload)).toEqual(['not yet begun']);
        expect(received).toHaveLength(1);
      });

      it('close, when a handler never ends, then leaves all the same, and its message comes again', async () => {
        const client = await connected();
        const received = await join(client, 'group', { onMessage: () => new Promise(() => undefined) });
        await client.publish(subject, 'hanging');
        await waitFor(() => received.length === 1, 'the message');

        await client.close();

        const others = await join(await connected(), 'group');
        await waitFor(() => others.length === 1, 'the message at another member');
      });

      it('a bus, when it is closed, then refuses everything and closes again without complaint', async () => {
        const client = await connected();
        await client.close();
        await client.close();

        expect(client.state).toBe('closed');
        await expect(client.publish(subject, 'late')).rejects.toThrow(BusUnavailableError);
        await expect(join(client, 'group')).rejects.toThrow(BusUnavailableError);
        await expect(client.connect()).rejects.toThrow(BusUnavailableError);
      });
    });

    describe('connecting', () => {
      it('connect, when the broker comes only later, then resolves then', async () => {
        await breakDown();
        const client = newClient();
        expect(client.state).toBe('connecting');
        const connecting = client.connect();
        const joining = join(client, 'group');

        await recover();

        await connecting;
        expect(client.state).toBe('connected');
        await joining;
      });

      it('connect and subscribe, when the bus is closed before the broker comes, then reject', async () => {
        await breakDown();
        const client = newClient();
        const waiting = Promise.allSettled([client.connect(), join(client, 'group')]);

        await client.close();

        expect((await waiting).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      });
    });
  });
}

/** Something to wait at until the test opens it. */
function gate(): { passed: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}
