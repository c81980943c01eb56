import { chromium, type Browser } from 'playwright-core';
import { thisMachine } from '../../../infra/local/src/config';
import { onPath } from '../../../infra/local/src/servers/places';

const NO_BROWSER = [
  'The journeys need a Chromium, and there is none.',
  "Fetch Playwright's own by `npx playwright-core install --only-shell chromium`,",
  'or install one as `chromium` on the PATH, for example by `apt-get install chromium`.',
].join(' ');

/** Playwright's own browser, else the machine's. @throws Error that says what to do when there is neither */
export async function launchBrowser(): Promise<Browser> {
  try {
    return await chromium.launch();
  } catch (error) {
    if (!String(error).includes("Executable doesn't exist")) throw error;
    return chromium.launch({ executablePath: browserOfMachine(error) });
  }
}

function browserOfMachine(cause: unknown): string {
  try {
    return onPath(thisMachine(), 'chromium', 'chromium-browser').find();
  } catch {
    throw new Error(NO_BROWSER, { cause });
  }
}
