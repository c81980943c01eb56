export { idField } from './fields';
export * from './envelope';
export * from './event-list';
export * from './order-status';
export { ticketCategorySchema, ticketStatusSchema, type TicketCategory, type TicketStatus } from './ticket-events';
export { paymentFailureSchema, type PaymentFailure } from './payment-events';
