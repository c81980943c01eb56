/** A difference between what was released and what is so now, as a sentence that names the place. */
export type Change = string;

/**
 * What is no longer as it was released. Something more may stand beside what was there: a type of event, a field that
 * may be absent. Nothing may be gone, different, or newly demanded.
 */
export function notOnlyAdded(released: unknown, now: unknown, place = ''): Change[] {
  if (isRecord(released) && isRecord(now)) {
    const kept = Object.entries(released).flatMap(([key, value]) => {
      const inside = `${place}/${key}`;
      return key in now ? notOnlyAdded(value, now[key], inside) : [`${inside} is gone`];
    });
    const demanded = 'required' in now && !('required' in released) ? [`${place}/required is new`] : [];
    return [...kept, ...demanded];
  }
  const [before, after] = [JSON.stringify(released), JSON.stringify(now)];
  return before === after ? [] : [`${place} was ${before} and is ${after}`];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
