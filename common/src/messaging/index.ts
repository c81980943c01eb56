export { Consumer } from './consumer';
export * from './event-bus';
export { leftWithBroker } from './left-with-broker';
export { Listener, type ListenerClass } from './listener';
export { NatsStreamingBus, type NatsStreamingBusOptions } from './nats-streaming-bus';
export * from './outbox';
export * from './parking';
export { Publisher } from './publisher';
