/** Where a file stops to be as it is made from the code. */
export function firstDifference(name: string, found: string, written: string): string {
  const [before, after] = [found.split('\n'), written.split('\n')];
  const isOther = (_text: unknown, place: number) => before[place] !== after[place];
  const line = (before.length > after.length ? before : after).findIndex(isOther);
  const show = (text?: string) => (text === undefined ? 'nothing' : `"${text.trim()}"`);
  return `${name}:${line + 1} says ${show(before[line])}, the code ${show(after[line])}`;
}

/** Documents that stand where they are made, and are not made any more. */
export function leftOver(made: Readonly<Record<string, string>>, files: readonly string[]): string[] {
  return files.filter((name) => name.endsWith('.json') && !(name in made));
}
