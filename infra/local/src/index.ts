export { addressesOfRun } from './commands/operator';
export { inheritedEnvironment } from './config';
export { factsOf, SERVICES, type ServiceFacts } from './docs/service-facts';
export { inClone } from './system/paths';
export type { ServiceName } from './system/settings';
export { startSystem, type PartName, type System, type SystemOptions } from './system/system';
