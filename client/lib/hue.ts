const hues = 6;

/** One of the colours `hue-0` to `hue-5`, always the same for a ticket, so that it is known again from list to list. */
export const hueOf = (id: string): number => [...id].reduce((sum, sign) => sum + sign.charCodeAt(0), 0) % hues;
