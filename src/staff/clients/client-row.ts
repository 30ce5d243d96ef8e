import type { Role } from '../../accounts/account.js';
import type { NamedProtection } from '../../portal/modules/modules.js';

/** Whether a gate protects an account. */
export interface Protected extends NamedProtection {
  readonly on: boolean;
}

/** An account as staff see it. Times are UTC ms. */
export interface ClientRecord {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly createdAt: number;
  /** Null: not suspended. */
  readonly suspendedAt: number | null;
  /** The gates of the installed modules that protect the account; a password alone does not sign in there. */
  readonly protections: readonly Protected[];
}

/** A row as the database returns it: counts and some times are text. */
export type RawClient = Readonly<Pick<ClientRecord, 'id' | 'name' | 'email' | 'role'>> &
  Readonly<Record<'createdAt', string | number>> &
  Readonly<Record<`protection${number}`, string | number>> & {
    readonly suspendedAt: string | number | null;
  };

/** Converts the row; its columns `protection0`, `protection1` … are in the order of `protections`. */
export function clientOf(raw: RawClient, protections: readonly NamedProtection[]): ClientRecord {
  const { id, name, email, role, createdAt, suspendedAt } = raw;
  return {
    id,
    name,
    email,
    role,
    createdAt: Number(createdAt),
    suspendedAt: suspendedAt === null ? null : Number(suspendedAt),
    protections: protections.map((each, index) => ({
      ...each,
      on: Number(raw[`protection${index}`]) === 1,
    })),
  };
}
