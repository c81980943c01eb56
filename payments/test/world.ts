import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildEvent, newId, signIn, testService } from '@ticketing/common/testing';
import type { AnyEvent, CancelReason, EventData } from '@ticketing/common';
import { Types } from 'mongoose';
import Stripe from 'stripe';
import type { SeenRequest } from '../../infra/local/src/stripe/api';
import { StripeStandIn } from '../../infra/local/src/stripe/stand-in';
import { Payment } from '../src/models/payment';
import { settleOverdue } from '../src/operations/settle-overdue';
import { settlingDone } from '../src/operations/settle-soon';
import { payments } from '../src/service';

export const WEBHOOK_SECRET = 'whsec_for_tests';

/**
 * The payments service with a stand-in for Stripe, for the tests of one file. It hears no webhooks, except those that
 * a test brings it: what comes without being told is up to the sweeps.
 */
export function paymentsWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'payments-'));
  const asked: SeenRequest[] = [];
  const environment = { STRIPE_KEY: 'sk_test_any', STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET, STRIPE_API_URL: '' };
  let standIn: StripeStandIn;
  let port = 0;

  const open = async () => {
    standIn = new StripeStandIn({ folder, onRequest: (request) => asked.push(request) });
    port = await standIn.listen(port);
    environment.STRIPE_API_URL = `http://127.0.0.1:${port}`;
  };
  beforeAll(open);
  afterEach(settlingDone);
  const service = testService(payments, environment);
  afterAll(async () => {
    await standIn.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Resolves when what an event prompts is done. */
  const hear = async (event: AnyEvent) => {
    await service.deliver(event);
    await settlingDone();
  };

  return {
    service,
    /** What the service asked of Stripe so far. */
    asked,
    /** Stripe, as somebody else asks it: its dashboard, or the bank. */
    stripe: () => new Stripe('sk_test_somebody_else', { host: '127.0.0.1', port, protocol: 'http', telemetry: false }),
    events: () => standIn.events(),
    bank: (clientSecret: string) => `http://127.0.0.1:${port}/bank/${clientSecret}`,
    /** Runs `work` while Stripe can't be reached. */
    withoutStripe: async (work: () => Promise<void>) => {
      await standIn.close();
      await work().finally(open);
    },

    /** An order that the service has heard of. */
    order: async (data: Partial<EventData<'order:created'>> = {}): Promise<EventData<'order:created'>> => {
      const event = buildEvent('order:created', data);
      await service.deliver(event);
      return event.data;
    },
    cancel: (order: EventData<'order:created'>, reason: CancelReason = 'user') =>
      hear(buildEvent('order:cancelled', { ...order, status: 'cancelled', reason, version: 5 })),
    /** Moves the end of an order's time into the past, as waiting would. */
    letExpire: (order: { id: string }) =>
      Payment.collection.updateOne(
        { orderId: new Types.ObjectId(order.id) },
        { $set: { 'order.expiresAt': new Date(0) } },
      ),
    complete: (order: EventData<'order:created'>) =>
      hear(buildEvent('order:completed', { ...order, status: 'complete', paymentId: newId(), version: 2 })),
    /** Lets the sweep find everything that is not settled, as if the time had come for all of it. */
    sweep: async () => {
      await Payment.collection.updateMany({ settleAt: { $exists: true } }, { $set: { settleAt: new Date(0) } });
      await settleOverdue();
      await settlingDone();
    },
    pay: (order: { id: string; userId: string }, token = 'tok_visa') =>
      service.api().post('/api/payments').set('Cookie', signIn(order.userId)).send({ orderId: order.id, token }),
    list: async (order: { id: string; userId: string }): Promise<Record<string, unknown>[]> => {
      const answer = await service
        .api()
        .get('/api/payments')
        .query({ orderId: order.id })
        .set('Cookie', signIn(order.userId));
      return answer.body as Record<string, unknown>[];
    },
    document: (order: { id: string }) => Payment.findOne({ orderId: order.id }).orFail(),
    /** What Stripe has of an order: one entry an intent. */
    money: (order: { id: string }) => standIn.ledger().intents.filter(({ orderId }) => orderId === order.id),
  };
}
