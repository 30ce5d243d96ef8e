/** Injection token of `HostUser`. */
export const HOST_USER = Symbol('nestjs-two-factor:host-user');

/** How the host's own user objects and account ids belong together. */
export interface HostUser {
  /** The account id of a user that passport has found. Default: `String(user.id)`. */
  id(user: unknown): string;
  /**
   * The user object to sign in, by account id. Default: as passport's deserializers find it, which is right where the
   * host's serializer keeps the id.
   */
  load?(accountId: string): Promise<object | null>;
}

/** @throws when it has none: nobody is let in by guess. */
export function plainUserId(user: unknown): string {
  const id: unknown = typeof user === 'object' && user !== null && 'id' in user ? user.id : undefined;
  if (typeof id === 'string' || typeof id === 'number' || typeof id === 'bigint') return String(id);
  throw new Error('The user has no id. Say in forRoot({ user: { id } }) where to find it.');
}
