/** A rendered mail, ready for a transport. */
export interface RenderedMail {
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** UTC ms; see `Mail`. */
  readonly until?: number;
  readonly decoy?: boolean;
}

/**
 * Cleans text for a header: one line, without control characters. Line ends in a name or a subject would start a new header
 * (CWE-93). The text does not start an encoded word either (RFC 2047): many programs decode one even in quotation marks, with
 * its line ends.
 */
export function headerText(text: string): string {
  const line = text
    .replace(/[\p{C}\u2028\u2029]+/gu, ' ')
    .replaceAll('=?', '= ?')
    .trim();
  // Cuts by code points, so that no surrogate pair is split.
  return [...line].slice(0, 200).join('').trim();
}

/** @throws when it is not exactly one plain address, so that no second recipient can be hidden in it. */
export function plainAddress(email: string): string {
  if (!/^[^\s\p{C}<>(),;:"\\@]+@[^\s\p{C}<>(),;:"\\@]+$/u.test(email)) {
    throw new Error('This is not one plain e-mail address.');
  }
  return email;
}
