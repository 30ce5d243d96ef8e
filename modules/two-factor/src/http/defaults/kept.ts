/** What the package keeps in an express-session. Never a principal while a login is held. */
export interface Kept {
  readonly key: string;
  readonly signedInAt: number;
  readonly held?: { readonly id: string; readonly accountId: string };
}
