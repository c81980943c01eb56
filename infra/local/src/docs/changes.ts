import { apiCompare } from 'api-smart-diff';

/** Texts for people: they may change at any time. */
const ANNOTATIONS = ['description', 'summary', 'title', 'example', 'examples'];

/**
 * What events lost since the release: whoever runs that release must understand what is said today, and the other way
 * round. A type of event, or a field that may be absent, may come; nothing may be gone, different, or newly demanded.
 * @returns sentences that name the place
 */
export function notOnlyAdded(released: unknown, now: unknown, place = ''): string[] {
  if (isRecord(released) && isRecord(now)) {
    const kept = Object.entries(released).flatMap(([key, value]) => {
      const inside = `${place}/${key}`;
      if (ANNOTATIONS.includes(key) && !isRecord(value)) return [];
      return key in now ? notOnlyAdded(value, now[key], inside) : [`${inside} is gone`];
    });
    const demanded = 'required' in now && !('required' in released) ? [`${place}/required is new`] : [];
    return [...kept, ...demanded];
  }
  const [before, after] = [JSON.stringify(released), JSON.stringify(now)];
  return before === after ? [] : [`${place} was ${before} and is ${after}`];
}

export interface BreakingChange {
  /** `POST /api/orders`, or a path whose operations are all meant. */
  readonly route: string;
  /** `requestBody/…/title/maxLength was 200 and is 100` */
  readonly what: string;
}

/** What a program that was written for the released API may stumble over in the one of now. */
export function breakingChanges(released: object, now: object): BreakingChange[] {
  const { diffs } = apiCompare(released, now);
  return diffs
    .filter(({ type, path: [part] }) => type === 'breaking' && part === 'paths')
    .map(({ path: [, route = '', method = '', ...place], before, after }) => ({
      route: `${String(method).toUpperCase()} ${route}`.trim(),
      what: `${place.join('/') || 'all of it'} was ${textOf(before)} and is ${textOf(after)}`,
    }));
}

/** Breaking changes without a line in the changelog's part on what is not released yet. */
export function notInChangelog(changes: readonly BreakingChange[], changelog: string): string[] {
  const [, unreleased = ''] = /^## Unreleased$([^]*?)(?=^## |$(?![^]))/m.exec(changelog) ?? [];
  const told = unreleased.split('\n').filter((line) => line.startsWith('- **Breaking**'));
  return changes
    .filter(({ route }) => !told.some((line) => line.includes(`\`${route}\``)))
    .map(({ route, what }) => `${route}: ${what}`);
}

function textOf(value: unknown): string {
  return value === undefined ? 'absent' : (JSON.stringify(value) ?? 'nothing').slice(0, 100);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
