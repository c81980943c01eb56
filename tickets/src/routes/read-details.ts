import {
  aboutText,
  orNothing,
  price,
  priceInput,
  text,
  ticketCategorySchema,
  type TicketCategory,
} from '@ticketing/common';
import { body, type ValidationChain } from 'express-validator';
import { z } from 'zod';
import { isAhead, type TicketDetails } from '../models/ticket';

// To the minute, or finer.
const timeWithZone = z.union([
  z.iso.datetime({ offset: true, precision: -1 }).meta({ examples: ['2031-05-17T20:00+02:00'] }),
  z.iso.datetime({ offset: true }),
]);
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

const LONGEST = { title: 200, venue: 120, description: 2000 };

export const wrongTitle = { message: aboutText(LONGEST.title), field: 'title' };

/** What a seller says of a ticket. */
export const detailsBody = z
  .object({
    title: z.string().min(1).max(LONGEST.title),
    price: priceInput,
    category: ticketCategorySchema.nullish().describe('`other` if not said.'),
    venue: z.string().max(LONGEST.venue).nullish(),
    startsAt: timeWithZone.nullish().describe('When it begins: in the future, with a time zone.'),
    description: z.string().max(LONGEST.description).nullish(),
  })
  .meta({
    id: 'TicketDetails',
    description:
      'White space around a text is taken away. Of a title something has to be visible; no text has control characters ' +
      'other than tabs and line breaks.',
    example: { title: 'Front row, The Tempest', price: 45.5, category: 'theatre', venue: 'Globe' },
  });

const otherDetails = (): ValidationChain[] => [
  text('title', { max: LONGEST.title }),
  price('price'),
  orNothing(body('category'))
    .custom(isCategory)
    .withMessage(`One of ${ticketCategorySchema.options.join(', ')}`),
  text('venue', { max: LONGEST.venue, optional: true }),
  text('description', { max: LONGEST.description, optional: true }),
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
