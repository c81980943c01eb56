import { waitFor } from '@ticketing/common/testing';
import type { Order } from '../harness/shop';
import { frailShop } from './frail-shop';

jest.setTimeout(120_000);

const WINDOW_SECONDS = 4;
const PATIENCE_MILLISECONDS = 20_000;

const market = frailShop({ EXPIRATION_WINDOW_SECONDS: String(WINDOW_SECONDS) });

async function expires(): Promise<Order> {
  const { shop, seller, buyer } = market;
  const ticket = await shop.list(seller);
  const order = await shop.reserve(buyer, ticket.id);
  const expired = await shop.orderIs('cancelled', buyer, order, ticket);
  expect(expired).toMatchObject({ reason: 'expired' });
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(order.expiresAt));
  return order;
}

describe.each([
  { what: 'is cut', fault: 'cut' },
  { what: 'hangs', fault: 'hang' },
] as const)(
  'the line of expiration $what: orders expire in time without it, and are prompted again after it',
  ({ fault }) => {
    test.each(['redis', 'nats-streaming'] as const)('to %s', async (server) => {
      await market.links.between('expiration', server)[fault]();
      const unprompted = await expires();
      expect(market.shop.heard('expiration:complete', unprompted)).toBe(false);
      await market.links.heal();
      await market.tells({ service: 'expiration', server }, 'up');
      const prompted = await expires();
      await waitFor(() => market.shop.heard('expiration:complete', prompted), 'the prompt', PATIENCE_MILLISECONDS);
      await market.isWhole();
    });
  },
);
