import type { FrameLocator, Locator } from 'playwright-core';
import { eventually, type Order } from '../../../nats-test/harness/shop';
import type { Person } from './person';

export const GOOD_CARD = '4242 4242 4242 4242';
export const DECLINED_CARD = '4000 0000 0000 0002';
export const ASKING_CARD = '4000 0000 0000 3220';

const PAID = 'Paid. The ticket is yours.';
const FINISH = 'Check and finish';
const NOT_READY = 'The payment desk is not ready for this order yet. Try again in a moment.';
const UNCONFIRMED = 'Still confirming';

/** The page on which an order is paid. */
export class CheckoutPage {
  constructor(private readonly person: Person) {}

  /** The order that is shown, once it is. */
  async orderId(): Promise<string> {
    await this.person.isAt(/^\/orders\/\w{24}$/);
    return this.person.page.url().split('/').at(-1)!;
  }

  get payButton(): Locator {
    return this.person.button(/^Pay \$/);
  }

  /** @param card a number, or a token of the stand-in */
  async enter(card = GOOD_CARD): Promise<void> {
    await this.person.fill({ 'Card number': card });
  }

  async pay(card?: string): Promise<void> {
    await this.enter(card);
    await this.payButton.click();
  }

  /** The page of the buyer's bank, which the checkout shows in a frame. */
  get bank(): FrameLocator {
    return this.person.page.frameLocator('dialog[open] iframe');
  }

  /** Resolves when the card was refused, and the page says why where the buyer can't miss it. */
  async isRefused(why: string): Promise<void> {
    await this.person.page.locator('[role=alert]:focus', { hasText: why }).waitFor();
  }

  /** Resolves when the page has gone on to the receipt. */
  async isPaid(): Promise<void> {
    await this.person.isAt(/^\/orders\/\w{24}\/receipt$/);
    await this.person.heading('Receipt').waitFor();
    await this.person.sees(PAID);
  }

  /** @returns how it ended, in the page's words. A page that got no clear answer leaves it to the buyer to ask again. */
  async end(): Promise<string> {
    const end = await this.person.sees(PAID, 'Time is up', 'Cancelled', FINISH, NOT_READY, UNCONFIRMED);
    if (end === FINISH) await this.person.press(FINISH);
    else if (end === NOT_READY) await this.payButton.click();
    else if (end === UNCONFIRMED) await this.comeBackLater();
    else return end;
    return this.end();
  }

  /** The page asks for a while only. Who comes for the receipt is sent to the order if it is not paid. */
  private async comeBackLater(): Promise<void> {
    const id = await this.orderId();
    await eventually(`order ${id} to end`, async () => {
      const { status } = (await this.person.visitor.get(`/api/orders/${id}`)).body as Order;
      return status === 'complete' || status === 'cancelled' || undefined;
    });
    await this.person.open(`/orders/${id}/receipt`);
  }

  async isPaidAtLast(): Promise<void> {
    expect(await this.end()).toBe(PAID);
    await this.isPaid();
  }
}
