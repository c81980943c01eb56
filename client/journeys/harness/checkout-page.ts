import type { FrameLocator, Locator } from 'playwright-core';
import type { Person } from './person';

export const GOOD_CARD = '4242 4242 4242 4242';
export const DECLINED_CARD = '4000 0000 0000 0002';
export const ASKING_CARD = '4000 0000 0000 3220';

const PAID = 'Paid. The ticket is yours.';

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
    const finish = 'Check and finish';
    const end = await this.person.sees(PAID, 'Time is up', 'Cancelled', finish);
    if (end !== finish) return end;
    await this.person.press(finish);
    return this.end();
  }

  async isPaidAtLast(): Promise<void> {
    expect(await this.end()).toBe(PAID);
    await this.isPaid();
  }
}
