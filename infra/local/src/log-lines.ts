import { inOwnColour, styled } from './terminal';

/** The shape of a line of JSON from a service. */
interface Entry {
  readonly level?: number;
  readonly msg?: string;
  readonly error?: { readonly stack?: string };
  readonly req?: { readonly method: string; readonly url: string };
  readonly res?: { readonly statusCode: number };
  readonly responseTime?: number;
}

/** Of use to machines, or said already. */
const UNSAID = new Set(['level', 'msg', 'error', 'req', 'res', 'responseTime', 'time', 'pid', 'hostname', 'service']);
const NAME_WIDTH = 11;
const WARN = 40;
const ERROR = 50;

/** A line that a part wrote, as people read it: whose it is, and of a line of JSON what matters. */
export function readable(part: string, line: string): string {
  return `${inOwnColour(part, part.padEnd(NAME_WIDTH))} ${textOf(line)}`;
}

function textOf(line: string): string {
  const entry = parse(line);
  if (!entry) return line;
  const details = Object.entries(entry).filter(([key]) => !UNSAID.has(key));
  const words = [
    labelOf(entry.level),
    entry.req && entry.res ? requestOf(entry) : entry.msg,
    ...details.map(([key, value]) => styled('grey', `${key}=${JSON.stringify(value)}`)),
    entry.error?.stack && `\n${entry.error.stack.replace(/^/gm, '    ')}`,
  ];
  return words.filter(Boolean).join(' ');
}

function requestOf({ req, res, responseTime }: Entry): string {
  return `${req?.method} ${req?.url} ${res?.statusCode} in ${Math.round(responseTime ?? 0)} ms`;
}

function labelOf(level = 0): string {
  if (level >= ERROR) return styled('red', 'ERROR');
  return level >= WARN ? styled('yellow', 'WARN') : '';
}

function parse(line: string): Entry | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return undefined;
  }
}
