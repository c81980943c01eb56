import { setTimeout as pause } from 'node:timers/promises';
import type { Message } from 'node-nats-streaming';
import pLimit from 'p-limit';
import type { Logger } from 'pino';
import { Deferred } from '../deferred';
import {
  BusUnavailableError,
  DEFAULT_ACK_WAIT_SECONDS,
  DEFAULT_MAX_IN_FLIGHT,
  type BusMessage,
  type Subscription,
} from '../event-bus';
import { withTimeLimit } from '../time-limit';
import type { Membership, Session } from './session';

const REFUSAL_PAUSE_MS = 1000;

/** One subscription through all sessions: joins each of them, hands out the messages and acknowledges them. */
export class Subscriber {
  readonly membership: Membership;
  private readonly firstJoin = new Deferred();
  private readonly slots: pLimit.Limit;
  private readonly handlers = new Set<Promise<void>>();
  private isDraining = false;

  constructor(
    private readonly subscription: Subscription,
    private readonly log: Pick<Logger, 'warn'>,
  ) {
    const { subject, group, maxInFlight = DEFAULT_MAX_IN_FLIGHT } = subscription;
    const { ackWaitSeconds = DEFAULT_ACK_WAIT_SECONDS } = subscription;
    this.membership = { subject, group, maxInFlight, ackWaitSeconds };
    // The server forces redeliveries past its own limit, and a new session knows nothing of what is still in hand.
    this.slots = pLimit(maxInFlight);
  }

  joined(): Promise<void> {
    return this.firstJoin.promise;
  }

  async join(session: Session): Promise<void> {
    while (session.isOpen && !this.isDraining) {
      try {
        await session.join(this.membership, (message) => this.receive(message));
        return this.firstJoin.resolve();
      } catch (error) {
        if (!session.isOpen) return; // the next session joins anew
        this.log.warn({ ...this.membership, error }, 'the subscription was refused, trying again');
        await pause(REFUSAL_PAUSE_MS, undefined, { ref: false });
      }
    }
  }

  /** Takes nothing new; resolves when the handlers at work are done. */
  async drain(): Promise<void> {
    this.isDraining = true;
    this.firstJoin.reject(new BusUnavailableError('the bus was closed'));
    await Promise.all(this.handlers);
  }

  private receive(message: Message): void {
    const handler = this.slots(() => this.handle(message)).finally(() => this.handlers.delete(handler));
    this.handlers.add(handler);
  }

  /** Never rejects. A handler that outlasts the ack wait loses its slot: the server delivers its message again. */
  private async handle(message: Message): Promise<void> {
    if (this.isDraining) return;
    const { ackWaitSeconds, ...about } = this.membership;
    try {
      const acknowledged = this.subscription.onMessage(toBusMessage(message)).then(() => message.ack());
      await withTimeLimit(acknowledged, ackWaitSeconds * 1000, `handling ${about.subject}`);
    } catch (error) {
      const sequence = message.getSequence();
      this.log.warn({ ...about, sequence, error }, 'a message was not acknowledged and will be delivered again');
    }
  }
}

function toBusMessage(message: Message): BusMessage {
  return {
    subject: message.getSubject(),
    sequence: message.getSequence(),
    payload: message.getData().toString(),
    redelivered: message.isRedelivered(),
  };
}
