/** One person's login, as the host knows it. The module never sees the host's user entity. */
export interface Account {
  /** The host's own id as text, at most 64 characters. */
  readonly id: string;
  /** The name of this login for people, usually the user name. */
  readonly label: string;
  /** Where notices go, and what an authenticator app shows beside the issuer. */
  readonly email: string;
  /** Changes with password, e-mail address, role and suspension. The change voids everything that was begun before. */
  readonly stamp: string;
  /** Stricter rules apply to staff. */
  readonly staff: boolean;
}
