import { defineService, seconds } from '@ticketing/common';
import { config } from './config';
import { ExpirationCompleteListener } from './events/listeners/expiration-complete-listener';
import { PaymentCreatedListener } from './events/listeners/payment-created-listener';
import { PaymentFailedListener } from './events/listeners/payment-failed-listener';
import { TicketCreatedListener } from './events/listeners/ticket-created-listener';
import { TicketDeletedListener } from './events/listeners/ticket-deleted-listener';
import { TicketUpdatedListener } from './events/listeners/ticket-updated-listener';
import { Order } from './models/order';
import { Ticket } from './models/ticket';
import { cancelOverdueOrders } from './operations/cancel-overdue-orders';
import { cancelOrder } from './routes/cancel-order';
import { createOrder } from './routes/create-order';
import { listOrders } from './routes/list-orders';
import { showOrder } from './routes/show-order';

const ticketListeners = [TicketCreatedListener, TicketUpdatedListener, TicketDeletedListener];
const paymentListeners = [PaymentCreatedListener, PaymentFailedListener];

export const orders = defineService({
  name: 'orders',
  config,
  models: [Order, Ticket],
  routes: [listOrders, showOrder, createOrder, cancelOrder],
  listeners: [...ticketListeners, ...paymentListeners, ExpirationCompleteListener],
  sweeps: [{ name: 'overdue orders', every: seconds(5), run: cancelOverdueOrders }],
});
