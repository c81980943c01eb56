import { defineService } from '@ticketing/common';
import { config } from './config';
import { OrderCreatedListener } from './events/listeners/order-created-listener';
import { expirationQueue } from './expiration-queue';

export const expiration = defineService({
  name: 'expiration',
  config,
  listeners: [OrderCreatedListener],
  resources: [expirationQueue],
});
