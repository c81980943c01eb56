import { readFileSync } from 'node:fs';
import path from 'node:path';
import { waitFor } from '@ticketing/common/testing';
import mongoose from 'mongoose';
import { Databases } from '../harness/crashes/databases';
import { HealthOf } from '../harness/health';
import { Links } from '../harness/links';
import { Shop, type Order, type Ticket } from '../harness/shop';
import { insist, Visitor } from '../harness/visitor';
import { doors, type Outage, type Scene } from './doors';

/** Health is told within seconds; outboxes are measured every five. */
const PATIENCE_MILLISECONDS = 20_000;
/** Longer than a test takes. */
const NO_SWEEP_MILLISECONDS = 300_000;

/** For the tests of one file: it is opened before them, and healed after each. */
export function frailShop(settings: Record<string, string> = {}): FrailShop {
  const market = new FrailShop();
  beforeAll(() => market.open(settings));
  afterEach(() => market.links.heal());
  afterAll(() => market.close());
  return market;
}

/** The shop, with every line between a service and a server in the hands of the test, and people in it. */
class FrailShop {
  shop!: Shop;
  links!: Links;
  seller!: Visitor;
  buyer!: Visitor;
  private databases!: Databases;

  async open(settings: Record<string, string>): Promise<void> {
    this.links = await Links.open();
    this.shop = await Shop.open(settings, { adjust: this.links.adjust });
    this.databases = await Databases.at(this.shop.system.part('mongodb').url);
    [this.seller, this.buyer] = (await this.shop.visitors(2)) as [Visitor, Visitor];
  }

  async close(): Promise<void> {
    await this.links.heal();
    await this.databases.close();
    await this.shop.close();
    await this.links.close();
  }

  /** Everybody knows of the ticket and of the orders. */
  async scene(): Promise<Scene> {
    const { shop, seller, buyer } = this;
    const [ticket, { order, ticket: reserved }, misspelt, unwanted, lapsed, declined] = await Promise.all([
      shop.freeTicket(seller, buyer),
      this.reserved(),
      shop.list(seller),
      shop.list(seller),
      this.lapsed(),
      this.declined(),
    ]);
    await insist(() => buyer.get(`/api/payments?orderId=${order.id}`), [200]);
    const tickets = { ticket, reserved, misspelt, unwanted, lapsed };
    const [rival, stranger] = [Visitor.withSession(shop.system.url), Visitor.stranger(shop.system.url)];
    const webhookSecret = readFileSync(path.join(shop.folder, 'webhook-secret'), 'utf8');
    return { seller, buyer, rival, stranger, ...tickets, order, ...declined, webhookSecret };
  }

  /** What was begun is brought to its end by asking again, and the money is taken once. */
  async finish(scene: Scene): Promise<void> {
    const { shop, buyer } = this;
    const { ticket, order, reserved } = scene;
    const granted = [200, 201, 204];
    await Promise.all(
      doors.map((door) => insist(() => door.ask(scene), door.servesOnce ? [...granted, 404] : granted)),
    );
    const late = await shop.reserve(buyer, ticket.id);
    await shop.pay(buyer, late.id);
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

  private async reserved(): Promise<{ ticket: Ticket; order: Order }> {
    const ticket = await this.shop.list(this.seller);
    return { ticket, order: await this.shop.reserve(this.buyer, ticket.id) };
  }

  /** The end of its time is moved here, as waiting would, and no sweep sees it. */
  private async lapsed(): Promise<Ticket> {
    const { ticket, order } = await this.reserved();
    await this.databases.holdUp('orders', 'overdue orders', NO_SWEEP_MILLISECONDS);
    const orders = this.databases.of('orders').collection('orders');
    await orders.updateOne({ _id: new mongoose.Types.ObjectId(order.id) }, { $set: { expiresAt: new Date() } });
    return ticket;
  }

  private async declined(): Promise<{ declined: Order; intent: string }> {
    const { order: declined } = await this.reserved();
    await this.shop.pay(this.buyer, declined.id, 'tok_chargeDeclined', [422]);
    const payments = this.databases.of('payments').collection('payments');
    const payment = await payments.findOne({ orderId: new mongoose.Types.ObjectId(declined.id) });
    return { declined, intent: String(payment?.stripeId) };
  }
}
