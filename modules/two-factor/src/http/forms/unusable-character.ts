/** Those that people paste without seeing them. */
const names: readonly (readonly [RegExp, string])[] = [
  [/[\n\r\u2028\u2029]/, 'line break'],
  [/\t/, 'tab'],
  [/\u00ad/, 'soft hyphen'],
  [/[\u200b\ufeff]/, 'zero-width space'],
  [/\u200e/, 'left-to-right mark'],
  [/\u200f/, 'right-to-left mark'],
  [/[\u202a-\u202e\u2066-\u2069]/, 'direction control'],
];

/** Says which character of a name cannot be used: `The character at place 7 (right-to-left mark) cannot be used.` */
export function unusableCharacterText(value: unknown): string {
  const characters = typeof value === 'string' ? [...value] : [];
  const index = characters.findIndex((each) => /\p{C}/u.test(each));
  const found = characters[index] ?? '';
  const hex = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const name = names.find(([pattern]) => pattern.test(found))?.[1] ?? `U+${hex}`;
  return index < 0 ? 'Give a name.' : `The character at place ${index + 1} (${name}) cannot be used.`;
}
