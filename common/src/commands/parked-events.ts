import { ParkedEvent, type ParkedEventState } from '../messaging';
import { CommandError } from './run-command';

const LISTED = 100;

export async function listEvents(): Promise<string> {
  const events = await ParkedEvent.find().sort({ parkedAt: 1 }).limit(LISTED).lean();
  if (events.length === 0) return 'Nothing is parked and nothing is dead.';
  const total = await ParkedEvent.countDocuments();
  const more = total > events.length ? [`… and ${total - events.length} more`] : [];
  return [...events.map(inOneLine), ...more].join('\n');
}

export async function showEvent(id: string): Promise<string> {
  return JSON.stringify(await find(id), null, 2);
}

/** Makes events due at once, with all their tries before them; the service's worker takes them within a second. */
export async function retryEvents(id: string | undefined): Promise<string> {
  const which = await select(id, {});
  const fresh = { status: 'waiting', attempts: 0, nextAt: new Date() };
  const { modifiedCount } = await ParkedEvent.updateMany(which, { $set: fresh, $unset: { deadAt: 1 } });
  return `${modifiedCount} event(s) will be tried again at once.`;
}

/** Forgets one event, or all dead ones. */
export async function dropEvents(id: string | undefined): Promise<string> {
  const { deletedCount } = await ParkedEvent.deleteMany(await select(id, { status: 'dead' }));
  return `${deletedCount} event(s) dropped.`;
}

async function select(id: string | undefined, all: Partial<ParkedEventState>): Promise<Partial<ParkedEventState>> {
  return id === undefined ? all : { _id: (await find(id))._id };
}

async function find(id: string): Promise<ParkedEventState> {
  const event = await ParkedEvent.findById(id).lean();
  if (!event) throw new CommandError(`no parked or dead event has the id "${id}"; \`list\` shows those there are`);
  return event;
}

function inOneLine(event: ParkedEventState): string {
  const when = event.status === 'dead' ? 'dead' : `next try ${event.nextAt.toISOString()}`;
  return `${event._id}  ${event.subject}  ${when}  ${event.attempts} attempt(s)  ${event.error}`;
}
