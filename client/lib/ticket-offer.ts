import type { Ticket } from '../api/types';
import type { TicketView } from './ticket-view';

const availability: Record<Ticket['status'], string> = {
  available: 'InStock',
  reserved: 'OutOfStock',
  sold: 'SoldOut',
};

/**
 * A ticket in the words of schema.org, as search engines read it: an event if it has a date and, which they ask of one,
 * a place; and what it costs.
 */
export function ticketOffer(ticket: Ticket, view: TicketView, address: string): object {
  const { title, description, price, status, startsAt, venue } = ticket;
  return {
    '@context': 'https://schema.org',
    '@type': startsAt && venue ? 'Event' : 'Product',
    name: title,
    description,
    ...(startsAt && venue && { startDate: startsAt, location: { '@type': 'Place', name: venue, address: venue } }),
    offers: {
      '@type': 'Offer',
      url: address,
      price: price.toFixed(2),
      priceCurrency: 'USD',
      availability: `https://schema.org/${view.state === 'past' ? 'OutOfStock' : availability[status]}`,
    },
  };
}

/** JSON that can stand in a `<script>`: whatever a seller wrote, it does not end the element. */
export const scriptJson = (value: object): string => JSON.stringify(value).replaceAll('<', '\\u003c');
