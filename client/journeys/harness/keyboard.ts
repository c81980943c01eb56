import type { Locator, Page } from 'playwright-core';
import { FOCUS_FAULT } from './sight';

/** More than any page has stops. */
const LIMIT = 100;

/** Somebody's keyboard, for whom there is no mouse. */
export class Keyboard {
  constructor(private readonly page: Page) {}

  /** Goes to `target`, and sees at each stop on the way where the focus is. */
  async goTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    for (let stops = 0; stops < LIMIT; stops++) {
      await this.press(key);
      expect(await this.page.evaluate(FOCUS_FAULT)).toBeNull();
      if (await this.isOn(target)) return;
    }
    throw new Error(`${key} never comes to what was looked for`);
  }

  async enter(target: Locator): Promise<void> {
    await this.goTo(target);
    await this.press('Enter');
  }

  async type(target: Locator, text: string): Promise<void> {
    await this.goTo(target);
    await this.page.keyboard.type(text);
  }

  press(key: string): Promise<void> {
    return this.page.keyboard.press(key);
  }

  private async isOn(target: Locator): Promise<boolean> {
    return (await target.and(this.page.locator(':focus')).count()) > 0;
  }
}
