export { compareBooks, describeFinding, orderEntry, paymentEntry, type Audit, type Books } from './audit';
export { addressesOfRun } from './commands/operator';
export { inheritedEnvironment } from './config';
export { factsOf, SERVICES, type ServiceFacts } from './docs/service-facts';
export { Child } from './processes/child';
export { inClone } from './system/paths';
export type { ServiceName } from './system/settings';
export { startSystem, type PartName, type System, type SystemOptions } from './system/system';
