/** The first character of a text that cannot be part of a name. */
export interface UnusableCharacter {
  /** Counted as people count: the first character is at place 1. */
  readonly place: number;
  /** Its name, a part of a message key; `unknown` for a rare one. */
  readonly name: (typeof names)[number][1] | 'unknown';
  /** As Unicode writes it: `U+200F`. */
  readonly code: string;
}

/** Those that people paste without seeing them. */
const names = [
  [/[\n\r\u2028\u2029]/, 'line-break'],
  [/\t/, 'tab'],
  [/\u00ad/, 'soft-hyphen'],
  [/[\u200b\ufeff]/, 'zero-width-space'],
  [/\u200e/, 'left-to-right-mark'],
  [/\u200f/, 'right-to-left-mark'],
  [/[\u202a-\u202e\u2066-\u2069]/, 'direction-control'],
] as const;

/** Finds control, format and other invisible characters; null where there are none. Blanks around the text do not count. */
export function unusableCharacter(text: string): UnusableCharacter | null {
  const characters = [...text.trimEnd()];
  const blanks = text.length - text.trimStart().length;
  const index = characters.findIndex((each, at) => at >= blanks && /\p{C}/u.test(each));
  const found = characters[index];
  if (found === undefined) return null;
  const name = names.find(([pattern]) => pattern.test(found))?.[1] ?? 'unknown';
  const hex = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return { place: index + 1, name, code: `U+${hex}` };
}
