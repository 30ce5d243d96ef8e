/** Injection token of `HostUser`. */
export const HOST_USER = Symbol('nestjs-two-factor:host-user');

/** Maps the host's own user objects to account ids and back. */
export interface HostUser {
  /** The account id of a user from passport. Default: `String(user.id)`. */
  id(user: unknown): string;
  /**
   * Returns the user object to sign in, by account id; null for an unknown account. Default: passport's deserializers, which
   * get the account id as text in place of the serialized value. Needed only where they cannot find the user by that text.
   */
  load?(accountId: string): Promise<object | null>;
}

/** @throws when the user has no id: the package does not guess an account. */
export function plainUserId(user: unknown): string {
  const id: unknown = typeof user === 'object' && user !== null && 'id' in user ? user.id : undefined;
  if (typeof id === 'string' || typeof id === 'number' || typeof id === 'bigint') return String(id);
  throw new Error('The user has no id. Say in forRoot({ user: { id } }) where to find it.');
}
