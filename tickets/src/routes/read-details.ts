import { orNothing, price, text, ticketCategorySchema, type TicketCategory } from '@ticketing/common';
import { body, type ValidationChain } from 'express-validator';
import { z } from 'zod';
import { isAhead, type TicketDetails } from '../models/ticket';

// To the minute, or finer.
const timeWithZone = z.union([z.iso.datetime({ offset: true, precision: -1 }), z.iso.datetime({ offset: true })]);
// A time just before the year 10000 in its own zone can be after it in ours, where it is written in another way.
const isTime = (value: unknown) =>
  timeWithZone.safeParse(value).success && timeWithZone.safeParse(new Date(value as string).toISOString()).success;
const isCategory = (value: unknown) => ticketCategorySchema.safeParse(value).success;

const startsAt = () =>
  orNothing(body('startsAt'))
    .custom(isTime)
    .withMessage('A time with its zone is expected: 2030-05-17T20:00:00+02:00')
    .bail()
    .customSanitizer((value: string) => new Date(value));

const otherDetails = (): ValidationChain[] => [
  text('title', { max: 200 }),
  price('price'),
  orNothing(body('category'))
    .custom(isCategory)
    .withMessage(`One of ${ticketCategorySchema.options.join(', ')}`),
  text('venue', { max: 120, optional: true }),
  text('description', { max: 2000, optional: true }),
];

export const newDetails = [
  ...otherDetails(),
  startsAt().custom(isAhead).withMessage('A time in the future is expected'),
];

/** Whether the time may be in the past depends on the ticket: it knows its own. */
export const changedDetails = [...otherDetails(), startsAt()];

interface DetailsBody extends Omit<TicketDetails, 'category'> {
  category?: TicketCategory;
}

/** The details in a body that has passed the rules above, and nothing else of it. */
export function readDetails({
  body: { title, price, category = 'other', venue, startsAt, description },
}: {
  body: DetailsBody;
}): TicketDetails {
  return { title, price, category, venue, startsAt, description };
}
