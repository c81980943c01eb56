export { idField } from './fields';
export { describeEvents, saidBy, type AsyncApiDocument, type Speaker } from './describe-events';
export * from './envelope';
export * from './event-list';
export * from './order-status';
export { ticketCategorySchema, ticketStatusSchema, type TicketCategory, type TicketStatus } from './ticket-events';
export { paymentFailureSchema, type PaymentFailure } from './payment-events';
