import { coloursWanted } from './config';

type Style = 'bold' | 'red' | 'yellow' | 'cyan' | 'green' | 'blue' | 'magenta' | 'grey';

const CODES: Record<Style, number> = {
  bold: 1,
  red: 31,
  green: 32,
  yellow: 33,
  blue: 34,
  magenta: 35,
  cyan: 36,
  grey: 90,
};

/** The text in a style, where somebody looks at it and has not asked for plain text. */
export function styled(style: Style, text: string): string {
  return coloursWanted() ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text;
}

const PART_STYLES: readonly Style[] = ['cyan', 'green', 'yellow', 'blue', 'magenta'];
const seen: string[] = [];

/** A name in a colour of its own, as far as there are colours. */
export function inOwnColour(name: string, text: string): string {
  if (!seen.includes(name)) seen.push(name);
  return styled(PART_STYLES[seen.indexOf(name) % PART_STYLES.length] ?? 'grey', text);
}
