import axe from 'axe-core';
import type { Page } from 'playwright-core';

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * What breaks WCAG 2.2 AA on the page as it is: each rule with the first element that breaks it.
 * @param foreign what is not looked at
 */
export async function findViolations(page: Page, foreign: string[]): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    ([exclude, values]) =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(
        { exclude },
        {
          runOnly: values,
          // The one rule that version 2.2 brought is off by default.
          rules: { 'target-size': { enabled: true } },
          resultTypes: ['violations'],
        },
      ),
    [foreign, WCAG_22_AA] as const,
  );
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length} ×, ${String(nodes[0]?.target)})`);
}
