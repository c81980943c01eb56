export { CRASH_POINTS, crashPoint, type CrashPoint } from './crash-point';
export * from './events';
export * from './http';
export {
  BusUnavailableError,
  Listener,
  NatsStreamingBus,
  Publisher,
  aggregateModel,
  aggregateSchema,
  type Aggregate,
  type AggregateModel,
  type BusMessage,
  type BusState,
  type ConsumerLag,
  type EventBus,
  type NatsStreamingBusOptions,
  type Subscription,
} from './messaging';
export {
  applyIfNewer,
  isDuplicateKey,
  lostRace,
  onLatest,
  shownOf,
  versionedSchema,
  type Versioned,
  type VersionedDocument,
  type VersionedModel,
} from './persistence';
export * from './service';
export * from './commands';
