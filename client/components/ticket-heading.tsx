import Head from 'next/head';
import type { Ticket } from '../api/types';
import { formatPrice } from '../lib/money';
import { scriptJson, ticketOffer } from '../lib/ticket-offer';
import type { TicketView } from '../lib/ticket-view';
import { formatDate } from '../lib/time';
import { texts } from '../texts';
import { PageHeading } from './page-heading';

interface Props {
  ticket: Ticket;
  view: TicketView;
  /** Of the page, with its host. */
  address: string;
}

/** The title of a ticket, and what search engines and those who get its link are told of it. */
export function TicketHeading({ ticket, view, address }: Props) {
  return (
    <>
      <PageHeading title={ticket.title} description={describe(ticket)} />
      <Head>
        <link rel="canonical" href={address} />
        <meta property="og:url" content={address} />
        <meta property="og:type" content="website" />
        <script
          key="offer"
          type="application/ld+json"
          dangerouslySetInnerHTML={{ __html: scriptJson(ticketOffer(ticket, view, address)) }}
        />
      </Head>
    </>
  );
}

function describe({ category, venue, startsAt, price }: Ticket): string {
  const facts = [texts.categories[category], venue, startsAt && formatDate(startsAt, 'UTC')].filter(Boolean);
  return texts.ticket.description(facts.join(' · '), formatPrice(price));
}
