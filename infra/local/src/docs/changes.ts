import { apiCompare, type Diff } from 'api-smart-diff';

/** Texts for people, and what else no message is refused for: they may change at any time. */
const ANNOTATIONS = ['description', 'summary', 'title', 'example', 'examples', 'deprecated'];
/** Whose keys are names. One more takes nothing from those who don't know it; one more of other keys may be a limit. */
const OF_NAMES = ['properties', 'channels', 'messages', 'operations'];

/**
 * What events lost since the release: whoever runs that release must understand what is said today, and the other way
 * round. A type of event, or a field that may be absent, may come; nothing may be gone, different, or newly demanded.
 * @returns sentences that name the place
 */
export function notOnlyAdded(released: unknown, now: unknown, place = '', areNames = false): string[] {
  if (!isRecord(released) || !isRecord(now)) {
    const [before, after] = [JSON.stringify(released), JSON.stringify(now)];
    return before === after ? [] : [`${place} was ${before} and is ${after}`];
  }
  return Object.keys({ ...released, ...now }).flatMap((key) => {
    const inside = `${place}/${key}`;
    if (!areNames && ANNOTATIONS.includes(key)) return [];
    if (!(key in now)) return [`${inside} is gone`];
    if (!(key in released)) return areNames ? [] : [`${inside} is new`];
    return notOnlyAdded(released[key], now[key], inside, !areNames && OF_NAMES.includes(key));
  });
}

export interface BreakingChange {
  /** As in the README: `PUT /api/tickets/:id`, a path whose operations are all meant, or `securitySchemes/session`. */
  readonly route: string;
  /** `requestBody/…/title/maxLength was 200 and is 100` */
  readonly what: string;
}

/** What a program that was written for the released API may stumble over in the one of now. */
export function breakingChanges(released: object, now: object): BreakingChange[] {
  const { diffs } = apiCompare(released, now);
  return diffs.filter(isBreaking).map(({ path: [part, one = '', two = '', ...place], before, after }) => ({
    route: part === 'paths' ? asInReadme(`${String(two).toUpperCase()} ${one}`.trim()) : `${one}/${two}`,
    what: `${place.join('/') || 'all of it'} was ${textOf(before)} and is ${textOf(after)}`,
  }));
}

function isBreaking(diff: Diff): boolean {
  const { type, path } = diff;
  const [part, kind, , section] = path;
  if (part !== 'paths') return kind === 'securitySchemes' && type === 'breaking';
  if (section === 'responses') return breaksReaders(diff);
  // Generated clients have their functions named by the operationId.
  return (
    type === 'breaking' || section === 'operationId' || (path.at(-1) === 'additionalProperties' && diff.after === false)
  );
}

/** Another one of these, or none, is often harmless to api-smart-diff, as if less came than before. */
const SAYS_WHAT_COMES = ['type', 'const', 'enum', 'format', 'pattern', 'required'];
const ERROR_CODES = /\/errors\/items\/properties\/code\/enum\/\d+$/;

function breaksReaders({ type, action, path }: Diff): boolean {
  // The last step may be a place in a list.
  const key = path.findLast((step): step is string => typeof step === 'string') ?? '';
  if (action !== 'add') return type === 'breaking' || SAYS_WHAT_COMES.includes(key);
  // A header that is sure to come is to api-smart-diff one that the caller has to send.
  return type === 'breaking' && key !== 'required' && !ERROR_CODES.test(path.join('/'));
}

/** Breaking changes without a line in the changelog's part on what is not released yet. */
export function notInChangelog(changes: readonly BreakingChange[], changelog: string): string[] {
  const [, unreleased = ''] = /^## Unreleased$([^]*?)(?=^## |$(?![^]))/m.exec(changelog) ?? [];
  const told = unreleased.split('\n').filter((line) => line.startsWith('- **Breaking**'));
  return changes
    .filter(({ route }) => !told.some((line) => asInReadme(line).includes(`\`${route}\``)))
    .map(({ route, what }) => `${route}: ${what}`);
}

/** Parameters of a path as Express has them, and not as OpenAPI does. */
function asInReadme(text: string): string {
  return text.replaceAll(/\/\{(\w+)\}/g, '/:$1');
}

function textOf(value: unknown): string {
  return value === undefined ? 'absent' : (JSON.stringify(value) ?? 'nothing').slice(0, 100);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
