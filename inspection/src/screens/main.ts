import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault, inClone, say, step } from '@ticketing/local';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../launch-browser';
import { runCommand } from '../run-command';
import { Shop } from '../shop';
import { contactSheet, type Screen } from './contact-sheet';
import { findViolations } from './find-violations';
import { states, type State } from './states';

const widths = [390, 1280];
const themes = ['light', 'dark'] as const;
const HEIGHT = 844;
const folder = inClone('.screens');

runCommand(async (words) => {
  const wanted = states.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  if (wanted.length === 0) throw new Fault(`No state has ${words.join(' or ')} in its name.`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const rows = await takeAll(wanted);
  const sheet = join(folder, 'index.html');
  writeFileSync(sheet, contactSheet(rows));
  const screens = rows.flat();
  const broken = screens.filter(({ violations }) => violations.length > 0);
  for (const { state, width, theme, violations } of broken) {
    for (const violation of violations) say(`${state}, ${width}, ${theme}: ${violation}`);
  }
  say(`${screens.length} screens, ${broken.length} of them break a rule of WCAG 2.2 AA: ${sheet}`);
  return broken.length === 0;
});

async function takeAll(wanted: readonly State[]): Promise<Screen[][]> {
  const browser = await launchBrowser();
  const shop = await step('starting the system', () => Shop.open());
  try {
    return await step('taking the screens', async (report) => {
      const rows: Screen[][] = [];
      for (const [index, state] of wanted.entries()) {
        report(`${index + 1} of ${wanted.length}: ${state.name}`);
        rows.push(await take(state, browser, shop));
      }
      return rows;
    });
  } finally {
    await browser.close();
    await shop.close();
  }
}

async function take(state: State, browser: Browser, shop: Shop): Promise<Screen[]> {
  const path = typeof state.path === 'string' ? state.path : await state.path(shop);
  return shop.without(state.without, async () => {
    const screens: Screen[] = [];
    for (const theme of themes) {
      const context = await browser.newContext({
        colorScheme: theme,
        reducedMotion: 'reduce',
        storageState: await shop.sessionOf(state.as),
      });
      const page = await context.newPage();
      await visit(page, shop.url + path, state);
      for (const width of widths) screens.push(await shoot(page, state, { path, theme, width }));
      await context.close();
    }
    return screens;
  });
}

async function visit(page: Page, url: string, { act, fromElsewhere }: State): Promise<void> {
  // A form that is sent before the page runs leaves it.
  const waitUntil = 'networkidle';
  if (fromElsewhere) {
    await page.setContent(`<a href="${url}">A link</a>`);
    await page.locator('a').click();
    await page.waitForURL(url, { waitUntil });
  } else {
    await page.goto(url, { waitUntil });
  }
  await act?.(page);
}

async function shoot(
  page: Page,
  { name, foreign }: State,
  look: Pick<Screen, 'path' | 'theme' | 'width'>,
): Promise<Screen> {
  await page.setViewportSize({ width: look.width, height: HEIGHT });
  const file = `${name.replaceAll(/\W+/g, '-')}-${look.width}-${look.theme}.png`;
  await page.screenshot({ path: join(folder, file), fullPage: true });
  return { ...look, state: name, file, violations: await findViolations(page, foreign ? [foreign] : []) };
}
