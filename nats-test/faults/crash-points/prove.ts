import { nameOf } from '../../harness/crashes/crash-points';
import { CrashSite } from '../../harness/crashes/crash-site';
import type { Case } from './cases';

/** Plays every case in one shop: each ends right, and with it everything that the shop knows. */
export function prove(cases: readonly Case[], settings: Record<string, string> = {}): void {
  let site: CrashSite;
  beforeAll(async () => {
    site = await CrashSite.open(settings);
  });
  afterAll(() => site.close());

  const named = cases.map((one) => [titleOf(one), one] as const);
  const atOnce = named.filter(([, one]) => !one.leavesClaim);
  const later = named.filter(([, one]) => one.leavesClaim);
  const endings = new Map<Case, Promise<void>>();

  if (later.length > 0) {
    test.each(later)('%s, and leaves a claim behind', async (_title, one) => {
      const ending = one.play(site);
      // Told by its own test, below.
      ending.catch(() => undefined);
      endings.set(one, ending);
      await onlyOneDies(one, () => site.dies(one));
    });

    test.each(later)('%s: its claim runs out, and all ends right', async (_title, one) => {
      await endings.get(one);
      await comesToRest();
    });
  }

  test.each(atOnce)('%s: all ends right', async (_title, one) => {
    await onlyOneDies(one, async () => {
      await Promise.all([one.isCommand ? undefined : site.dies(one), one.play(site)]);
      await comesToRest();
    });
  });

  async function onlyOneDies(one: Case, work: () => Promise<void>): Promise<void> {
    const before = site.deaths.length;
    await work();
    expect(site.deaths.slice(before)).toEqual(one.isCommand ? [] : [`${one.service}: signal SIGKILL`]);
  }

  async function comesToRest(): Promise<void> {
    await site.isQuiet();
    await site.shop.comesToRest();
  }
}

const titleOf = (one: Case) => (one.isCommand ? `a command of ${nameOf(one)}` : nameOf(one));
