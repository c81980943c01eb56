export { addressesOfRun } from './commands/operator';
export { startSystem, type PartName, type System, type SystemOptions } from './system/system';
