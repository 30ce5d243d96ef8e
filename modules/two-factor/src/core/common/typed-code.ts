/** Longer than any code with all its spaces and dashes. Longer input is not checked. */
export const longestTyped = 64;

/** Spaces and dashes of every script, soft hyphens and the invisible characters that copying brings along. */
const decoration = /[\s\p{Z}\p{Pd}\u00AD\u200B-\u200F\u2060\u2212]/gu;

/**
 * Normalises a typed or pasted code. Full-width and other compatibility forms become plain characters (NFKC); spaces
 * and dashes are removed. Empty for input that is not text or is longer than any code.
 */
export function typedCode(input: unknown): string {
  if (typeof input !== 'string' || input.length > longestTyped) {
    return '';
  }
  return input.normalize('NFKC').replace(decoration, '');
}
