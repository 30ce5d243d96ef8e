import type { SessionRow } from './session.entity.js';
import type { Condition } from '../../gates/gate-flags.js';

type Name = keyof SessionRow;
type Values = Readonly<Record<string, string | number | null | readonly string[]>>;

/** The columns of `sessions`, by the names of the row's members. */
const columns: Readonly<Record<Name, string>> = {
  id: 'id',
  accountId: 'account_id',
  key: 'session_key',
  stamp: 'stamp',
  version: 'version',
  createdAt: 'created_at',
  signedInAt: 'signed_in_at',
  lastSeenAt: 'last_seen_at',
  endedAt: 'ended_at',
  address: 'address',
  agent: 'agent',
  pendingLoginId: 'pending_login_id',
  pendingAccountId: 'pending_account_id',
  pendingState: 'pending_state',
  pendingGate: 'pending_gate',
  pendingReturnTo: 'pending_return_to',
};

const names = Object.keys(columns) as Name[];

const list = names.map((name) => columns[name]).join(', ');
const placed = names.map((name) => `:${name}`).join(', ');

const into = `INSERT INTO sessions (${list}) VALUES (${placed})`;

/** Inserts a whole row. Returns the statement and its values. */
export function insertSession(row: SessionRow): [string, Values] {
  return [into, Object.assign<Record<string, never>, SessionRow>({}, row)];
}

const intoWhile = `INSERT INTO sessions (${list}) SELECT ${placed} FROM accounts
  WHERE id = :accountId AND stamp = :stamp AND sessions_version = :version AND suspended_at IS NULL AND `;

/**
 * Inserts the row of a signed-in person if the account still matches the row and `also` holds. Returns the statement and its
 * values.
 */
export function insertWhile(row: SessionRow, also: Condition): [string, Values] {
  return [
    intoWhile + also.sql,
    Object.assign<Record<string, never>, SessionRow, Values>({}, row, also.values),
  ];
}

/** Changes the one valid row that matches `where` and the additional condition. Returns the statement and its values. */
export function changeSession(
  where: Partial<SessionRow>,
  change: Partial<SessionRow>,
  also?: Condition,
): [string, Values] {
  const asked = Object.keys(where) as Name[];
  const values: Record<string, Values[string]> = Object.assign({}, change, also?.values);
  for (const name of asked) values[`if_${name}`] = where[name] ?? null;
  return [updateOf(Object.keys(change) as Name[], asked, also?.sql), values];
}

/** There are only a few different updates, so each SQL text is built once. */
const updates = new Map<string, string>();

function updateOf(assigned: readonly Name[], asked: readonly Name[], also = ''): string {
  const key = `${assigned.join()} ${asked.join()} ${also}`;
  const text = updates.get(key) ?? writtenUpdate(assigned, asked, also);
  updates.set(key, text);
  return text;
}

function writtenUpdate(assigned: readonly Name[], asked: readonly Name[], also: string): string {
  return `UPDATE sessions SET ${assigned.map((name) => `${columns[name]} = :${name}`).join(', ')}
    WHERE ${asked.map((name) => `${columns[name]} = :if_${name}`).join(' AND ')} AND ended_at IS NULL
    ${also && `AND ${also}`}`;
}
