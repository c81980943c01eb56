import { breakingChanges, notInChangelog, notOnlyAdded } from './changes';

/** What is to become a release. */
export interface Candidate {
  readonly version: string;
  /** The version of the last release. */
  readonly last: string;
  /** What is not committed, as git lists it. */
  readonly uncommitted: string;
  readonly released: Documents;
  readonly now: Documents;
  readonly changelog: string;
}

interface Documents {
  readonly api: object;
  readonly events: object;
}

/**
 * Why this is no release yet, and what to do. A release is what later changes are compared with: what it breaks and does
 * not tell, nobody is told any more.
 */
export function objections({ version, last, uncommitted, released, now, changelog }: Candidate): string[] {
  const lost = notOnlyAdded(released.events, now.events);
  const untold = notInChangelog(breakingChanges(released.api, now.api), changelog);
  return [
    ...ifAny(
      isHigher(version, last) ? [] : [version],
      `Versions only go up, and the last one is ${last}; take a higher one than:`,
    ),
    ...ifAny(lines(uncommitted), 'Not everything is committed; commit it or put it away:'),
    ...ifAny(lost, 'The events have to stay as they were released, but for additions; take back:'),
    ...ifAny(untold, 'These break who calls the API; give each route its line in CHANGELOG.md:'),
  ];
}

function ifAny(places: readonly string[], sentence: string): string[] {
  return places.length > 0 ? [[sentence, ...places].join('\n  ')] : [];
}

function lines(text: string): string[] {
  return text.split('\n').filter(Boolean);
}

function isHigher(version: string, last: string): boolean {
  return version.localeCompare(last, 'en', { numeric: true }) > 0;
}
