import { texts } from '../texts';

const second = 1000;
const minute = 60 * second;

/** Moments, in milliseconds left, at which a listener is told how much time remains. */
const milestones: [number, string][] = [
  [30 * second, texts.countdown.secondsLeft(30)],
  ...[1, 2, 5, 10].map((minutes): [number, string] => [minutes * minute, texts.countdown.minutesLeft(minutes)]),
];

/** A date as people read it. The zone is explicit: the server writes UTC, a browser its own after hydration. */
export const formatDate = (iso: string, timeZone: string): string =>
  formatIn(timeZone, iso, { dateStyle: 'medium', timeStyle: 'short' });

/** The time of a day that goes without saying. */
export const formatTime = (iso: string, timeZone: string): string => formatIn(timeZone, iso, { timeStyle: 'short' });

function formatIn(timeZone: string, iso: string, styles: Intl.DateTimeFormatOptions): string {
  const text = new Intl.DateTimeFormat(texts.locale, { ...styles, timeZone }).format(new Date(iso));
  return timeZone === 'UTC' ? `${text} UTC` : text;
}

/** Time left as minutes and seconds: "14:05". Rounded up, so that 0:00 means that nothing is left. */
export function formatTimeLeft(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / second));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** The same as an ISO 8601 duration, for the `datetime` of a `<time>`. */
export function isoDuration(milliseconds: number): string {
  return `PT${Math.max(0, Math.ceil(milliseconds / second))}S`;
}

/** Long enough to be spoken; later it would tell a wrong time to who reads the page line by line. */
const spokenFor = 10 * second;

/** The sentence to speak while this much is left: that of a milestone that was just passed. */
export function spokenTimeLeft(milliseconds: number): string {
  return milestones.find(([moment]) => milliseconds <= moment && milliseconds > moment - spokenFor)?.[1] ?? '';
}

/**
 * The server's time by the Date header of its answer. The header has whole seconds, cut off, so the
 * end of that second is taken: a countdown may end a moment early, never late.
 */
export function serverTime(dateHeader: unknown): number | undefined {
  const time = typeof dateHeader === 'string' ? Date.parse(dateHeader) : NaN;
  return Number.isNaN(time) ? undefined : time + second - 1;
}

/** An instant as `<input type="datetime-local">` wants it, in the zone of the browser. */
export function toLocalInput(iso: string): string {
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * minute).toISOString().slice(0, 16);
}

/** The instant that such an input names; what is no time is left to the server to refuse. */
export function fromLocalInput(value: string): string {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? value : date.toISOString();
}
