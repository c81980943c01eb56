export { buildEvent } from './build-event';
export { describeEventBus, type BusUnderTest } from './event-bus-contract';
export { InProcessBus, type InProcessBusOptions } from './in-process-bus';
export { Line } from './line';
export { newId, signIn, TEST_JWT_KEY } from './sign-in';
export { testService, type TestService } from './test-service';
export { waitFor } from './wait-for';
