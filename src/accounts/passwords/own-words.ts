/** Shorter words are part of too many others. */
const shortest = 3;

/** The text that two spellings of the same password have in common. */
export function foldedText(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** The words of a name, without signs and spaces, in lower case. */
export function wordsOf(text: string): string[] {
  return foldedText(text)
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => [...word].length >= shortest);
}

/** The words of an e-mail address. The last part of its domain, such as `com`, is left out. */
export function wordsOfAddress(email: string): string[] {
  const [local = '', domain = ''] = email.split('@');
  return [local, ...domain.split('.').slice(0, -1)].flatMap(wordsOf);
}

/** How many characters of a text are left after these words and all spaces are taken out. */
export function lengthWithout(words: readonly string[], text: string): number {
  const longestFirst = [...words].sort((one, other) => other.length - one.length);
  const left = longestFirst.reduce((rest, word) => rest.split(word).join(''), foldedText(text));
  return [...left.replace(/\s+/gu, '')].length;
}
