/** What the package keeps in an express-session. Never a principal while a login is held. */
export interface Kept {
  readonly accountId: string;
  readonly key: string;
  readonly signedInAt: number;
  /** A login that waits for its factor, and the way its owner was going. */
  readonly held?: { readonly id: string; readonly returnTo?: string };
}
