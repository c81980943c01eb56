import { ticketCategorySchema } from '@ticketing/common';
import { listedByDate, Ticket } from '../models/ticket';

/**
 * Takes tickets whose time has passed from the list's indexes. The list itself looks at the clock; this spares it
 * reading ever more of the past. Nothing that anybody may see changes, so it is no new version and no event.
 */
export async function unlistPastTickets(): Promise<void> {
  const past = {
    listedFor: 'everyone',
    category: { $in: ticketCategorySchema.options },
    sellableUntil: { $lte: new Date() },
  };
  // eslint-disable-next-line no-restricted-syntax -- see above: no version and no event
  await Ticket.updateMany(past, { $set: { listedFor: 'seller' } }, { hint: listedByDate, timestamps: false });
}
