import { crashPoint, isDuplicateKey } from '@ticketing/common';
import { StripeEvent } from '../models/stripe-event';
import type { WebhookEvent } from '../stripe/webhook-events';
import { noticeChange } from './notice-change';

/**
 * Deals with an event of Stripe's once, and stores that it came; one that means nothing here is stored alone. What
 * follows from it is noted first: an event that is stored is never looked at again.
 */
export async function receiveStripeEvent(event: WebhookEvent): Promise<void> {
  if (await StripeEvent.exists({ _id: event.id })) return;
  if (event.news) {
    await noticeChange(event.news);
    crashPoint('news of Stripe noted, its event not yet stored');
  }
  await store(event);
}

async function store({ id, type, about }: WebhookEvent): Promise<void> {
  try {
    await StripeEvent.create({ _id: id, type, about, receivedAt: new Date() });
  } catch (error) {
    // It came twice at once; what the other one noted is what this one noted.
    if (!isDuplicateKey(error, '_id')) throw error;
  }
}
