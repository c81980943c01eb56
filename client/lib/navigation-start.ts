/**
 * When the present page was asked for, on the clock of `performance.now()`: 0 for a loaded document, later for a
 * page that the router fetched. What a page's data says about the server's clock was true after this moment.
 */
let startedAt = 0;

export const navigationStart = (): number => startedAt;

export function markNavigationStart(): void {
  startedAt = performance.now();
}
