/**
 * The different words of some texts, as a search compares them: in lower case, without accents and punctuation. Ticket
 * and search are taken apart by this same function, so they agree about what a word is.
 */
export function wordsOf(...texts: (string | undefined)[]): string[] {
  const plain = texts
    .join(' ')
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
  return [...new Set(plain.match(/[\p{L}\p{M}\p{N}]+/gu))];
}
