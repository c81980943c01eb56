import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inClone } from '@ticketing/local';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../../inspection/src/launch-browser';
import { Links } from '../../../nats-test/harness/links';
import { Shop, type Ticket } from '../../../nats-test/harness/shop';
import { insist, Visitor } from '../../../nats-test/harness/visitor';
import { Person, type PersonOptions } from './person';

/** Longer than all that a journey waits for: what is not coming is told by the step that waits. */
const JOURNEY_MILLISECONDS = 240_000;

/** Orders refuses to sell a ticket to its seller, once it knows it. */
const OWN_TICKET = 403;

/** What a journey is played on. */
export interface Stage {
  readonly shop: Shop;
  readonly links: Links;
  /** Somebody who has an account and is signed in. */
  readonly person: (options?: PersonOptions) => Promise<Person>;
  /** Somebody whom the shop has never seen. */
  readonly stranger: (options?: PersonOptions) => Promise<Person>;
  /** Puts a ticket on sale, and resolves when orders has heard of it. */
  readonly list: (seller: Person) => Promise<Ticket>;
}

type Play = (stage: Stage) => Promise<void>;

/** Opens a shop for the journeys of one file. @returns what declares a journey, by its number and its story */
export function journeysOf(settings: Record<string, string> = {}) {
  const market = new Market();
  beforeAll(() => market.open(settings), JOURNEY_MILLISECONDS);
  afterAll(() => market.close());
  return (number: number, story: string, play: Play) =>
    test(`${number} ${story}`, () => market.play(`${number} ${story}`, play), JOURNEY_MILLISECONDS);
}

class Market {
  private browser!: Browser;
  private links!: Links;
  private shop!: Shop;
  private readonly toClose: (() => Promise<void>)[] = [];
  private log: string[] = [];

  async open(settings: Record<string, string>): Promise<void> {
    // Which Playwright would switch off, and people have.
    this.browser = await launchBrowser({ ignoreDefaultArgs: ['--disable-back-forward-cache'] });
    this.toClose.push(() => this.browser.close());
    this.links = await Links.open();
    this.toClose.unshift(() => this.links.close());
    const onLine = (part: string, line: string) => this.log.push(`${part.padEnd(10)} ${line}`);
    const adjust = withLinesToBroker(this.links);
    const options = { client: 'production', adjust, onLine } as const;
    try {
      this.shop = await Shop.open({ LOG_LEVEL: 'info', ...settings }, options);
    } catch (error) {
      throw await this.withEvidence(error, 'opening the shop', []);
    }
    this.toClose.unshift(() => this.shop.close());
  }

  async close(): Promise<void> {
    for (const close of this.toClose) await close();
  }

  async play(name: string, play: Play): Promise<void> {
    const people: Person[] = [];
    rmSync(folderOf(name), { recursive: true, force: true });
    this.log = [];
    try {
      await play(this.stage(people));
      expect(people.flatMap(({ complaints }) => complaints)).toEqual([]);
    } catch (error) {
      throw await this.withEvidence(error, name, people);
    } finally {
      await this.links.heal();
    }
    await Promise.all(people.map((person) => person.leave()));
  }

  private stage(people: Person[]): Stage {
    const { browser, shop, links } = this;
    const { url } = shop.system;
    const come = async (visitor: Visitor, options?: PersonOptions) => {
      const person = await Person.come(browser, url, visitor, options);
      people.push(person);
      return person;
    };
    return {
      shop,
      links,
      person: async (options) => come(await Visitor.signUp(url), options),
      stranger: (options) => come(Visitor.stranger(url), options),
      list: async ({ visitor }) => {
        const ticket = await shop.list(visitor);
        await insist(() => visitor.post('/api/orders', { ticketId: ticket.id }), [OWN_TICKET]);
        return ticket;
      },
    };
  }

  private async withEvidence(error: unknown, name: string, people: Person[]): Promise<unknown> {
    const folder = folderOf(name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'services.log'), this.log.join('\n'));
    await Promise.allSettled(people.map((person, at) => person.leave(join(folder, `person-${at + 1}`))));
    const hint = `\n\nTraces (npx playwright-core show-trace …), screenshots and the services' log: ${folder}`;
    if (error instanceof Error) error.stack = `${error.stack}${hint}`;
    return error;
  }
}

/** Lines to a database answer at once or count as dead, and this process has a browser to lead at the same time. */
function withLinesToBroker(links: Links): Links['adjust'] {
  return (part, settings) => {
    const { NATS_URL } = links.adjust(part, settings);
    return NATS_URL ? { ...settings, NATS_URL } : settings;
  };
}

const folderOf = (name: string) => inClone('.e2e', name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'));
