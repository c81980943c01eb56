import { defineService, seconds } from '@ticketing/common';
import { config } from './config';
import { OrderCancelledListener } from './events/listeners/order-cancelled-listener';
import { OrderCompletedListener } from './events/listeners/order-completed-listener';
import { OrderCreatedListener } from './events/listeners/order-created-listener';
import { Ticket } from './models/ticket';
import { unlistPastTickets } from './operations/unlist-past-tickets';
import { createTicket } from './routes/create-ticket';
import { deleteTicket } from './routes/delete-ticket';
import { listTickets } from './routes/list-tickets';
import { showTicket } from './routes/show-ticket';
import { updateTicket } from './routes/update-ticket';

export const tickets = defineService({
  name: 'tickets',
  config,
  models: [Ticket],
  routes: [listTickets, showTicket, createTicket, updateTicket, deleteTicket],
  listeners: [OrderCreatedListener, OrderCancelledListener, OrderCompletedListener],
  sweeps: [{ name: 'past tickets', every: seconds(30), run: unlistPastTickets }],
});
