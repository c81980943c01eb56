import type { ServiceDefinition } from '../service';
import { bump, republish } from './aggregates';
import { dropEvents, listEvents, retryEvents, showEvent } from './parked-events';
import { CommandError, runCommand } from './run-command';

const USAGE = `usage: events <command>
  list             the events that could not be handled, parked or dead
  show <id>        one of them, whole
  retry <id>|--all tries it again at once
  drop <id>|--all  forgets it (--all: the dead ones)
  republish        announces the present state of everything again
  bump             after restoring a backup, before the start: raises all versions`;

/** The operator's command for the events of a service: `node dist/commands/events.js list`. */
export function runEventsCommand(service: ServiceDefinition): Promise<void> {
  return runCommand(service, (args) => eventsCommand(service, args));
}

const TAKES_NO_MORE = ['list', 'republish', 'bump'];

/** @returns what to print. @throws CommandError when the words are off or the event is not there */
export async function eventsCommand(service: ServiceDefinition, [command, which, ...rest]: string[]): Promise<string> {
  const tooMuch = rest.length > 0 || (which !== undefined && TAKES_NO_MORE.includes(command ?? ''));
  if (tooMuch) throw new CommandError(USAGE);
  switch (command) {
    case 'list':
      return listEvents();
    case 'show':
      return showEvent(oneOf(which));
    case 'retry':
      return retryEvents(oneOrAll(which));
    case 'drop':
      return dropEvents(oneOrAll(which));
    case 'republish':
      return republish(service);
    case 'bump':
      return bump(service);
    case undefined:
    default:
      throw new CommandError(USAGE);
  }
}

function oneOf(which: string | undefined): string {
  if (which === undefined || which.startsWith('--')) throw new CommandError(USAGE);
  return which;
}

function oneOrAll(which: string | undefined): string | undefined {
  return which === '--all' ? undefined : oneOf(which);
}
