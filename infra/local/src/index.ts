export { compareBooks, describeFinding, orderEntry, paymentEntry, type Audit, type Books } from './audit';
export { addressesOfRun } from './commands/operator';
export { factsOf, SERVICES, type ServiceFacts } from './docs/service-facts';
export { startSystem, type PartName, type System, type SystemOptions } from './system/system';
