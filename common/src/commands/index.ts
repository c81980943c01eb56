export { CommandError, runCommand } from './run-command';
export { eventsCommand, runEventsCommand } from './events-command';
