/** One person's login, as the host knows it. The module never sees the host's user entity. */
export interface Account {
  /** The host's own id as text, at most 64 characters. */
  readonly id: string;
  /** What people call this login, usually a name. */
  readonly label: string;
  /** Where notices go, and what an authenticator app shows beside the issuer. */
  readonly email: string;
  /** Changes with password, e-mail, role and suspension, so that whatever was begun before it is void. */
  readonly stamp: string;
  /** Staff are held to stricter rules. */
  readonly staff: boolean;
}
