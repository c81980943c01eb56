import { existsSync } from 'node:fs';
import { Fault, onPath, reasonOf, thisMachine } from '@ticketing/local';
import { chromium, type Browser } from 'playwright-core';

/** Playwright's own Chromium, else the machine's. @throws Fault where there is none */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium() });
}

function findChromium(): string {
  const own = chromium.executablePath();
  if (existsSync(own)) return own;
  try {
    return onPath(thisMachine(), 'chromium', 'chromium-browser', 'google-chrome').find();
  } catch (error) {
    throw new Fault(
      `There is no Chromium: none of Playwright's in ${own}, and on PATH ${reasonOf(error)}. ` +
        'Install it by: npx playwright-core install chromium',
    );
  }
}
