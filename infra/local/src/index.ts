export { addressesOfRun } from './commands/operator';
export { factsOf, SERVICES, type ServiceFacts } from './docs/service-facts';
export { startSystem, type PartName, type System, type SystemOptions } from './system/system';
