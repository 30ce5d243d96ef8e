/** Longer than any code with all its spaces and dashes; whatever is longer is not looked at. */
export const longestTyped = 64;

/** Spaces and dashes of every script, soft hyphens and the invisible characters that copying brings along. */
const decoration = /[\s\p{Z}\p{Pd}\u00AD\u200B-\u200F\u2060\u2212]/gu;

/**
 * What somebody typed or pasted as a code, without what does not count: full-width and other compatibility forms become
 * plain ones (NFKC), spaces and dashes go. Empty for what is no text or longer than any code.
 */
export function typedCode(input: unknown): string {
  if (typeof input !== 'string' || input.length > longestTyped) {
    return '';
  }
  return input.normalize('NFKC').replace(decoration, '');
}
