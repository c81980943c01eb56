import { Fault, onPath, thisMachine } from '@ticketing/local';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';

const NO_BROWSER = [
  'A Chromium is needed, and there is none.',
  "Fetch Playwright's own by `npx playwright-core install --only-shell chromium`,",
  'or install one as `chromium` on the PATH, for example by `apt-get install chromium`.',
].join(' ');

/** Playwright's own browser, else the machine's. @throws Fault that says what to do when there is neither */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  try {
    return await chromium.launch(options);
  } catch (error) {
    if (!String(error).includes("Executable doesn't exist")) throw error;
    return chromium.launch({ ...options, executablePath: browserOfMachine() });
  }
}

function browserOfMachine(): string {
  try {
    return onPath(thisMachine(), 'chromium', 'chromium-browser', 'google-chrome').find();
  } catch {
    throw new Fault(NO_BROWSER);
  }
}
