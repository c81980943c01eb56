export * from './aggregate-schema';
export { OutboxRelay } from './outbox-relay';
export { OUTBOX_LIMIT, type Announcer, type OutboxEntry } from './outbox-plugin';
