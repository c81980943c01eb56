import type { Ticket } from '../api/types';

const availability: Record<Ticket['status'], string> = {
  available: 'InStock',
  reserved: 'OutOfStock',
  sold: 'SoldOut',
};

/** A ticket in the words of schema.org, as search engines read it: an event if it has a date, and what it costs. */
export function ticketOffer(ticket: Ticket, address: string): object {
  const { title, description, price, status, startsAt, venue } = ticket;
  return {
    '@context': 'https://schema.org',
    '@type': startsAt ? 'Event' : 'Product',
    name: title,
    description,
    ...(startsAt && { startDate: startsAt, location: venue && { '@type': 'Place', name: venue, address: venue } }),
    offers: {
      '@type': 'Offer',
      url: address,
      price: price.toFixed(2),
      priceCurrency: 'USD',
      availability: `https://schema.org/${availability[status]}`,
    },
  };
}

/** JSON that can stand in a `<script>`: whatever a seller wrote, it does not end the element. */
export const scriptJson = (value: object): string => JSON.stringify(value).replaceAll('<', '\\u003c');
