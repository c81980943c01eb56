import { texts } from '../texts';
import { fromLocalInput, toLocalInput } from './time';

const lowestPrice = 0.5;

/** What is wrong with an entry of the ticket form, as far as the browser can tell. The service has the last word. */
export function ticketFault(name: string, typed: string, startsAtBefore: string | undefined): string | undefined {
  const entry = typed.trim();
  const { noTitle, noPrice, wrongPrice, past } = texts.ticketForm;
  if (entry === '') return { title: noTitle, price: noPrice }[name];
  if (name === 'price') return isPrice(entry) ? undefined : wrongPrice;
  if (name !== 'startsAt') return undefined;
  const start = readStart(entry, startsAtBefore);
  return start === startsAtBefore || isAhead(start) ? undefined : past;
}

/** The same for all that was typed, by field. */
export function ticketFaults(
  typed: Record<string, string>,
  startsAtBefore: string | undefined,
): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const [name, entry] of Object.entries(typed)) {
    const fault = ticketFault(name, entry, startsAtBefore);
    if (fault) faults[name] = fault;
  }
  return faults;
}

/** The input knows no seconds: left alone it must still name the very instant that the ticket has. */
export function readStart(typed: string, before: string | undefined): string | undefined {
  if (typed === '') return undefined;
  return before !== undefined && typed === toLocalInput(before) ? before : fromLocalInput(typed);
}

const isPrice = (entry: string): boolean => /^\d+(\.\d{1,2})?$/.test(entry) && Number(entry) >= lowestPrice;

const isAhead = (instant: string | undefined): boolean => Date.parse(instant ?? '') > Date.now();
