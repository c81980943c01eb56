import { waitFor } from '@ticketing/common/testing';
import type { Outage, Scene } from '../harness/doors';
import { HealthOf } from '../harness/health';
import { Links } from '../harness/links';
import { Shop } from '../harness/shop';
import { insist, Visitor } from '../harness/visitor';

/** Health is told within seconds; outboxes are measured every five. */
const PATIENCE_MILLISECONDS = 20_000;

/** The shop, with every line between a service and a server in the hands of the test, and people in it. */
export class FrailShop {
  private constructor(
    readonly shop: Shop,
    readonly links: Links,
    readonly seller: Visitor,
    readonly buyer: Visitor,
  ) {}

  static async open(settings: Record<string, string> = {}): Promise<FrailShop> {
    const links = await Links.open();
    const shop = await Shop.open(settings, { adjust: links.adjust });
    const [seller, buyer] = (await shop.visitors(2)) as [Visitor, Visitor];
    return new FrailShop(shop, links, seller, buyer);
  }

  async close(): Promise<void> {
    await this.links.heal();
    await this.shop.close();
    await this.links.close();
  }

  /** Everybody knows of the ticket and of the order. */
  async scene(): Promise<Scene> {
    const { shop, seller, buyer } = this;
    const [ticket, reserved] = await Promise.all([shop.freeTicket(seller, buyer), shop.list(seller)]);
    const order = await shop.reserve(buyer, reserved.id);
    await insist(() => buyer.get(`/api/payments?orderId=${order.id}`), [200]);
    return { seller, buyer, stranger: Visitor.stranger(shop.system.url), ticket, order, reserved };
  }

  /** What was begun is brought to its end by asking again, and the money is taken once. */
  async finish({ ticket, order, reserved }: Scene): Promise<void> {
    const { shop, buyer } = this;
    const late = await shop.reserve(buyer, ticket.id);
    await Promise.all([order, late].map(({ id }) => shop.pay(buyer, id)));
    await shop.orderIs('complete', buyer, order, reserved);
    await shop.orderIs('complete', buyer, late, ticket);
    const money = await Promise.all([order, late].map((paid) => shop.moneyOf(paid)));
    expect(money).toEqual([order, late].map(() => ({ intents: 1, captured: 2500, refunded: 0 })));
  }

  /** The service stays alive and ready; only what it says about the server changes, as does the metric. */
  async tells({ service, server }: Outage, state: 'up' | 'down'): Promise<void> {
    const health = new HealthOf(this.shop.system, service);
    const isTold = async () => (await health.stateOf(server)) === state;
    await waitFor(isTold, `${service} to say that ${server} is ${state}`, PATIENCE_MILLISECONDS);
    const ofServer = { status: 200, dependencies: expect.objectContaining({ [server]: state }) as unknown };
    expect([await health.alive(), await health.ready()]).toEqual([ofServer, ofServer]);
    expect(await health.metric(`dependency_up{dependency="${server}"}`)).toBe(state === 'up' ? 1 : 0);
  }

  /** While a service can't reach the broker its events are kept, and can be seen. */
  async outboxIs(state: 'waiting' | 'empty', { service, server }: Outage): Promise<void> {
    if (server !== 'nats-streaming' || service === 'expiration') return;
    const pending = () => new HealthOf(this.shop.system, service).metric('outbox_pending');
    const isSo = async () => (await pending()) > 0 === (state === 'waiting');
    await waitFor(isSo, `the outbox of ${service} to be ${state}`, PATIENCE_MILLISECONDS);
  }

  /** Nothing is lost, nothing is doubled, and nobody fell. */
  async isWhole(): Promise<void> {
    await this.shop.comesToRest();
    expect(this.shop.fallen).toEqual([]);
  }
}
