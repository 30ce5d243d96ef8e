/** A mail as it is written down: ready for a transport. */
export interface Letter {
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** UTC ms; see `Mail`. */
  readonly until?: number;
  readonly decoy?: boolean;
}

/**
 * Text for a header: one line, without control characters. Line ends in a name or a subject would begin a header of
 * their own (CWE-93). Nor does it begin an encoded word (RFC 2047): many programs decode one even in quotation marks,
 * line ends and all.
 */
export function headerText(text: string): string {
  const line = text
    .replace(/[\p{C}\u2028\u2029]+/gu, ' ')
    .replaceAll('=?', '= ?')
    .trim();
  // By characters: half of one would be none.
  return [...line].slice(0, 200).join('').trim();
}

/** @throws when it is not one plain address: no second recipient may hide in it. */
export function plainAddress(email: string): string {
  if (!/^[^\s\p{C}<>(),;:"\\@]+@[^\s\p{C}<>(),;:"\\@]+$/u.test(email)) {
    throw new Error('This is not one plain e-mail address.');
  }
  return email;
}
