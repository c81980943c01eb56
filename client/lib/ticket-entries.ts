import { texts } from '../texts';
import { fromLocalInput, toLocalInput } from './time';

const lowestPrice = 0.5;

/**
 * What is wrong with an entry of the ticket form, as far as the browser can tell before it is sent. A field that was
 * only passed by is left in peace; the service has the last word.
 */
export function ticketFault(name: string, typed: string, startsAtBefore: string | undefined): string | undefined {
  const entry = typed.trim();
  if (entry === '') return undefined;
  if (name === 'price') return isPrice(entry) ? undefined : texts.ticketForm.wrongPrice;
  if (name !== 'startsAt') return undefined;
  const start = readStart(entry, startsAtBefore);
  return start === startsAtBefore || isAhead(start) ? undefined : texts.ticketForm.past;
}

/** The input knows no seconds: left alone it must still name the very instant that the ticket has. */
export function readStart(typed: string, before: string | undefined): string | undefined {
  if (typed === '') return undefined;
  return before !== undefined && typed === toLocalInput(before) ? before : fromLocalInput(typed);
}

const isPrice = (entry: string): boolean => /^\d+(\.\d{1,2})?$/.test(entry) && Number(entry) >= lowestPrice;

const isAhead = (instant: string | undefined): boolean => Date.parse(instant ?? '') > Date.now();
