/** The name of the undo of a changed e-mail address. */
const name = 'email';

/** What a link “This wasn’t me” takes back, as the portal registers it. */
export interface Undo {
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Gives the account this address back. */
export function undoTo(former: string): Undo {
  return { name, data: { former } };
}

/** The address that `undoTo` named; null for the undo of another change. */
export function formerAddress(undo: Undo | null): string | null {
  const former = undo?.name === name ? undo.data['former'] : null;
  return typeof former === 'string' ? former : null;
}
