import { createHash } from 'node:crypto';
import { normalEmail } from '../../accounts/account.js';
import { columnText, kept } from '../../database/column-text.js';
import { limits } from '../../limits.js';
import { addressBlock } from '../common/client.js';

/** The limits that are counted in rows: each has a window. */
export type CountedLimit = {
  [Name in keyof typeof limits]: (typeof limits)[Name] extends { readonly duration: number } ? Name : never;
}[keyof typeof limits];

/** One row of a limit: what it counts. */
export interface Counted {
  readonly limit: CountedLimit;
  readonly subject: string;
  readonly emailHash: string | null;
  readonly network: string | null;
  /** How many are allowed, where the operator has set another number than the table. */
  readonly points?: number;
}

/** The row of this limit that counts this key. `points`: the operator's own number. */
export function counted(limit: CountedLimit, key: string, points?: number): Counted {
  const row = { limit, subject: subjectOf(limit, key), emailHash: null, network: null };
  return points === undefined ? row : { ...row, points };
}

/** How many of this limit are allowed. */
export function pointsOf({ limit, points }: Counted): number {
  return points ?? limits[limit].points;
}

/** The rows of a password check: its client network, and the account together with that network. */
export function passwordCounts(email: string, address: string): { block: Counted; pair: Counted } {
  const block = addressBlock(address);
  const network = columnText(block, kept.address);
  const emailHash = emailHashOf(email);
  return {
    block: {
      limit: 'password-address',
      subject: subjectOf('password-address', block),
      emailHash: null,
      network,
    },
    pair: {
      limit: 'password-account',
      subject: subjectOf('password-account', `${block} ${emailHash}`),
      emailHash,
      network,
    },
  };
}

/** How an account's e-mail address is stored in the rows. */
export function emailHashOf(email: string): string {
  return hashOf(normalEmail(email));
}

function subjectOf(limit: CountedLimit, key: string): string {
  return `${limit}:${hashOf(key)}`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
