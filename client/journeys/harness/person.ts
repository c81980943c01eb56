import { waitFor } from '@ticketing/common/testing';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page, Request } from 'playwright-core';
import type { Visitor } from '../../../nats-test/harness/visitor';
import { CheckoutPage } from './checkout-page';
import { Keyboard } from './keyboard';

/** However slow the machine is: what takes longer is not coming. A page may ask for 30 s before it says so. */
const PATIENCE_MILLISECONDS = 60_000;

/** Effects run, and handlers are attached, when React has come to the last element of the page. */
const IS_HYDRATED = `Object.keys([...document.querySelectorAll('#__next *')].at(-1) ?? {}).some((key) => key.startsWith('__reactProps'))`;

export interface PersonOptions {
  readonly javaScript?: boolean;
  readonly viewport?: BrowserContextOptions['viewport'];
  /** Runs in every page before the page's own scripts. */
  readonly script?: string;
}

/** Somebody with a browser of their own, who asks the API with the same session. */
export class Person {
  /** What no page of the shop may do, whatever the journey is about. */
  readonly complaints: string[] = [];

  private constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
    private readonly url: string,
    readonly visitor: Visitor,
    private readonly javaScript: boolean,
  ) {}

  static async come(browser: Browser, url: string, visitor: Visitor, options: PersonOptions = {}): Promise<Person> {
    const { javaScript = true, viewport, script } = options;
    const context = await browser.newContext({
      baseURL: url,
      javaScriptEnabled: javaScript,
      ...(viewport && { viewport }),
    });
    context.setDefaultTimeout(PATIENCE_MILLISECONDS);
    await context.tracing.start({ snapshots: true });
    if (script) await context.addInitScript(script);
    if (visitor.session) {
      const [name = '', value = ''] = visitor.session.split(/=(.*)/);
      await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Lax' }]);
    }
    const person = new Person(context, await context.newPage(), url, visitor, javaScript);
    person.listen();
    return person;
  }

  /** The same person in another tab. */
  async newTab(): Promise<Person> {
    const tab = new Person(this.context, await this.context.newPage(), this.url, this.visitor, this.javaScript);
    tab.listenTo(tab.page, this.complaints);
    return tab;
  }

  /** Comes by the address bar. @returns the status of the answer */
  async open(path: string): Promise<number> {
    const response = await this.page.goto(path);
    await this.isReady();
    return response?.status() ?? 0;
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.isReady();
  }

  async back(): Promise<void> {
    // The page's own, because Playwright's waits for a load, and a page that was kept is not loaded again.
    await this.page.evaluate('history.back()');
    await this.isReady();
  }

  /** A press before the page runs would be the browser's own. */
  private async isReady(): Promise<void> {
    if (this.javaScript) await this.page.waitForFunction(IS_HYDRATED);
  }

  press(name: string | RegExp): Promise<void> {
    return this.button(name).click();
  }

  follow(name: string | RegExp): Promise<void> {
    return this.link(name).click();
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  link(name: string | RegExp): Locator {
    return this.page.getByRole('link', { name, exact: true });
  }

  field(label: string): Locator {
    return this.page.getByLabel(label, { exact: true });
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { name, exact: true });
  }

  async fill(fields: Record<string, string>): Promise<void> {
    for (const [label, value] of Object.entries(fields)) await this.field(label).fill(value);
  }

  /** Resolves when these are the fields' values, which a draft may bring. */
  async hasFilled(fields: Record<string, string>): Promise<void> {
    for (const [label, value] of Object.entries(fields)) {
      await waitFor(async () => (await this.field(label).inputValue()) === value, `${label} to be ${value}`);
    }
  }

  /** Resolves when one of the texts is there to be read. @returns it */
  async sees(...texts: (string | RegExp)[]): Promise<string> {
    const [first, ...others] = texts.map((text) => this.page.getByText(text).filter({ visible: true }));
    const any = others.reduce((all, other) => all.or(other), first!).first();
    await any.waitFor();
    return any.innerText();
  }

  async isAt(path: string | RegExp): Promise<void> {
    const here = (url: URL) => {
      const address = url.pathname + url.search;
      return typeof path === 'string' ? address === path : path.test(address);
    };
    try {
      await this.page.waitForURL(here, { waitUntil: 'commit' });
    } catch (cause) {
      throw new Error(`waited in vain to be at ${String(path)}, and is at ${this.page.url()}`, { cause });
    }
  }

  /** Resolves when there is such a complaint, and takes it for expected. */
  async hasComplained(wanted: RegExp): Promise<void> {
    const isWanted = (complaint: string) => wanted.test(complaint);
    await waitFor(() => this.complaints.some(isWanted), `a complaint of ${String(wanted)}`);
    this.complaints.splice(0, Infinity, ...this.complaints.filter((complaint) => !isWanted(complaint)));
  }

  get checkout(): CheckoutPage {
    return new CheckoutPage(this);
  }

  get keyboard(): Keyboard {
    return new Keyboard(this.page);
  }

  /** Requests of this kind that the page makes from now on. */
  requests(method: string, path: string): Request[] {
    const made: Request[] = [];
    this.page.on('request', (request) => {
      if (request.method() === method && new URL(request.url()).pathname === path) made.push(request);
    });
    return made;
  }

  /** @param evidence keeps what was seen, in files whose paths begin so */
  async leave(evidence?: string): Promise<void> {
    if (evidence) {
      const shots = this.context.pages().map((page, at) => page.screenshot({ path: `${evidence}-tab-${at + 1}.png` }));
      await Promise.allSettled(shots);
    }
    await this.context.tracing.stop(evidence ? { path: `${evidence}-trace.zip` } : {});
    await this.context.close();
  }

  private listen(): void {
    this.listenTo(this.page, this.complaints);
    this.context.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol !== 'data:' && origin !== this.url) this.complaints.push(`asked ${request.url()}`);
    });
  }

  private listenTo(page: Page, complaints: string[]): void {
    page.on('pageerror', (error) => complaints.push(`threw ${error.stack ?? error.message}`));
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) complaints.push(message.text());
    });
  }
}
