import { randomUUID } from 'node:crypto';
import { findViolations } from '../../inspection/src/screens/find-violations';
import { DECLINED_CARD, GOOD_CARD } from './harness/checkout-page';
import { journeysOf } from './harness/journey';
import { settle } from './harness/pages';
import type { Person } from './harness/person';
import { ANIMATIONS, TOO_SMALL, TOO_WIDE } from './harness/sight';

const journey = journeysOf();

const PHONE = { width: 390, height: 700 };
/** The narrowest that WCAG asks for: a window of 1280 at four times the size. */
const NARROW = { width: 320, height: 640 };
const DESKTOP = { width: 1280, height: 720 };
/** Text that is twice as large by a style does not come to the media queries, which would take half the window then. */
const HALF = { width: 640, height: 720 };
const LONGEST_MILLISECONDS = 150;

/** The new page is told of: its title is the document's, and its heading has the focus. */
async function arrives({ page }: Person, title: string): Promise<void> {
  await page.locator('h1:focus', { hasText: title }).waitFor();
  expect(await page.title()).toBe(`${title} · Ticketing`);
}

/** A form that was sent in vain says why, and leads to each field. */
async function submitsInVain(person: Person, verb: string, field: string): Promise<void> {
  const { page, keyboard } = person;
  await keyboard.enter(person.button(verb));
  await page.locator('[role=alert]:focus').waitFor();
  await keyboard.enter(page.getByRole('alert').getByRole('link').first());
  const named = page.locator(`[name=${field}]`);
  await named.and(page.locator(':focus')).waitFor();
  expect(await named.getAttribute('aria-invalid')).toBe('true');
  const why = await named.getAttribute('aria-describedby');
  await page.locator(`#${why!.split(' ')[0]}`).waitFor();
}

async function signsUp(person: Person): Promise<void> {
  const { page, keyboard } = person;
  await person.open('/');
  await keyboard.press('Tab');
  await page.locator(':focus', { hasText: 'Skip' }).waitFor();
  await keyboard.enter(person.link('Sign up'));
  await arrives(person, 'Sign up');
  await submitsInVain(person, 'Sign up', 'email');
  await page.keyboard.type(`${randomUUID()}@example.com`);
  await keyboard.type(person.field('Password'), 'correct horse battery staple');
  await keyboard.press('Enter');
  await arrives(person, 'Tickets');
}

journey(22, 'by the keyboard alone: sign up, sell; other finds, reserves, pays', async ({ stranger, shop }) => {
  const [seller, buyer] = await Promise.all([stranger(), stranger({ viewport: PHONE })]);
  const title = `Front row ${randomUUID().slice(0, 8)}`;

  await signsUp(seller);
  await seller.keyboard.enter(seller.link('Sell a ticket'));
  await arrives(seller, 'Sell a ticket');
  await submitsInVain(seller, 'Put on sale', 'title');
  await seller.page.keyboard.type(title);
  await seller.keyboard.type(seller.field('Price in US dollars'), '49.90');
  await seller.keyboard.enter(seller.button('Put on sale'));
  await arrives(seller, title);

  await signsUp(buyer);
  await buyer.keyboard.type(buyer.field('Search'), title);
  await buyer.keyboard.press('Enter');
  await buyer.isAt(/q=Front/);
  await buyer.keyboard.enter(buyer.link(title));
  await arrives(buyer, title);
  await buyer.keyboard.enter(buyer.button('Reserve'));
  const id = await buyer.checkout.orderId();
  await arrives(buyer, 'Pay your order');

  // Down the page and up again: the time that stays on top hides nothing.
  await buyer.keyboard.goTo(buyer.page.locator('.site-footer a'));
  await buyer.keyboard.goTo(buyer.field('Card number'), 'Shift+Tab');
  await buyer.page.keyboard.type('4');
  await buyer.keyboard.press('Enter');
  await buyer.checkout.isRefused('Check the card number.');
  await buyer.keyboard.type(buyer.field('Card number'), GOOD_CARD);
  await buyer.keyboard.press('Enter');
  await buyer.checkout.isPaid();
  expect((await shop.moneyOf({ id })).captured).toBe(4990);
});

journey(23, 'at 320 pixels, and with text twice as large, nothing is cut off or too small to hit', async (stage) => {
  const { resident, pages } = await settle(stage);
  const { page } = resident;
  const faults: unknown[] = [];
  const look = async (path: string, how: string, looks: string) => {
    const found = await page.evaluate<string[]>(looks);
    if (found.length > 0) faults.push({ path, how, found });
  };
  for (const path of pages) {
    await page.setViewportSize(DESKTOP);
    await resident.open(path);
    await look(path, 'too small', TOO_SMALL);
    // Another's program draws the documentation, and draws it wide.
    if (path === '/api-docs') continue;
    await page.setViewportSize(HALF);
    await page.evaluate("document.documentElement.style.fontSize = '200%'");
    await look(path, 'too wide with text twice as large', TOO_WIDE);
    await page.evaluate("document.documentElement.style.fontSize = ''");
    await page.setViewportSize(NARROW);
    await look(path, 'too wide at 320 pixels', TOO_WIDE);
    await look(path, 'too small at 320 pixels', TOO_SMALL);
  }
  expect(faults).toEqual([]);
  // What the silence above is worth.
  await page.evaluate("document.body.append(Object.assign(document.createElement('button'), { id: 'wide' }))");
  expect(await page.evaluate(TOO_SMALL)).toHaveLength(1);
  await page.evaluate("document.getElementById('wide').style.width = '1000px'");
  expect(await page.evaluate(TOO_WIDE)).toHaveLength(1);
});

journey(24, 'nothing moves for long, and nothing for who wants no motion', async (stage) => {
  const { resident, pages } = await settle(stage);
  const durations: number[] = [];
  for (const path of pages) {
    await resident.page.emulateMedia({ reducedMotion: 'no-preference' });
    await resident.open(path);
    durations.push(...(await resident.page.evaluate<number[]>(ANIMATIONS)));
    await resident.page.emulateMedia({ reducedMotion: 'reduce' });
    expect([path, await resident.page.evaluate(ANIMATIONS)]).toEqual([path, []]);
  }
  expect(Math.max(...durations)).toBeLessThanOrEqual(LONGEST_MILLISECONDS);
  expect(Math.max(...durations)).toBeGreaterThan(0);
});

journey(26, 'no page breaks a rule of accessibility, nor does what it says when something is wrong', async (stage) => {
  const { resident, pages, order } = await settle(stage);
  const stranger = await stage.stranger({ viewport: PHONE });
  const faults: unknown[] = [];
  const look = async ({ page }: Person, state: string) => {
    const found = await findViolations(page, ['.swagger-ui']);
    if (found.length > 0) faults.push({ state, found });
  };

  for (const path of ['/auth/signup', '/auth/signin', `/tickets/${order.ticket.id}`, '/']) {
    await stranger.open(path);
    await look(stranger, `${path} of a stranger`);
  }
  await resident.page.setViewportSize(PHONE);
  await resident.open('/tickets/new');
  await resident.press('Put on sale');
  await resident.page.locator('[role=alert]:focus').waitFor();
  await look(resident, 'a form that was sent in vain');
  await resident.open(`/orders/${order.id}`);
  await resident.checkout.pay(DECLINED_CARD);
  await resident.checkout.isRefused('The card was declined');
  await look(resident, 'a card that was refused');
  await resident.press('Cancel order');
  await resident.page.getByRole('dialog').waitFor();
  await look(resident, 'a question');
  for (const path of pages) {
    await resident.open(path);
    await look(resident, path);
  }
  expect(faults).toEqual([]);
  // What the silence above is worth.
  await resident.page.evaluate("document.querySelector('main').append(new Image(), document.createElement('button'))");
  await look(resident, 'neither has a name');
  expect(faults).toEqual([
    {
      state: 'neither has a name',
      found: [expect.stringMatching(/^button-name/), expect.stringMatching(/^image-alt/)],
    },
  ]);
});
