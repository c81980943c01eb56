import { defineService, seconds } from '@ticketing/common';
import { config } from './config';
import { OrderCancelledListener } from './events/listeners/order-cancelled-listener';
import { OrderCompletedListener } from './events/listeners/order-completed-listener';
import { OrderCreatedListener } from './events/listeners/order-created-listener';
import { Payment } from './models/payment';
import { StripeEvent } from './models/stripe-event';
import { noticeRefunds } from './operations/notice-refunds';
import { settleOverdue } from './operations/settle-overdue';
import { stripeResource } from './operations/stripe-resource';
import { createPayment } from './routes/create-payment';
import { listPayments } from './routes/list-payments';
import { stripeWebhook } from './routes/stripe-webhook';

export const payments = defineService({
  name: 'payments',
  config,
  models: [Payment, StripeEvent],
  routes: [createPayment, listPayments],
  webhooks: [stripeWebhook],
  listeners: [OrderCreatedListener, OrderCancelledListener, OrderCompletedListener],
  sweeps: [
    { name: 'unsettled payments', every: seconds(5), run: settleOverdue },
    { name: 'refunds made at Stripe', every: seconds(300), run: noticeRefunds },
  ],
  resources: [stripeResource],
});
