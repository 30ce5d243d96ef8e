import {
  PendingLoginStore,
  type PendingLoginRecord,
} from '../../core/contracts/stores/pending-login.store.js';
import type { TokenRef } from '../../core/contracts/stores/token.store.js';
import { factorSetOf, joinedColumns, joinedTables, type Joined } from './factor.mapper.js';
import type { Statements } from 'typeorm-unit-of-work';
import { isRef, tokenOf, type TokenLine } from './token.mapper.js';

type Line = Joined & { readonly [Column in keyof TokenLine as `t_${Column}`]: TokenLine[Column] };

const pending = `
  SELECT ${joinedColumns},
    t.id AS t_id, t.purpose AS t_purpose, t.account_id AS t_account_id, t.session_key AS t_session_key,
    t.subtype AS t_subtype, t.stamp AS t_stamp, t.sealed AS t_sealed, t.misses AS t_misses,
    t.created_at AS t_created_at, t.expires_at AS t_expires_at
  FROM two_factor_tokens t ${joinedTables}
  WHERE t.id = :id AND t.purpose = :purpose AND t.account_id = :accountId AND t.expires_at > :now
    AND (SELECT COUNT(*) FROM two_factor_tokens n
         WHERE n.account_id = :accountId AND n.purpose = :purpose AND n.created_at > t.created_at) < :most
  ORDER BY f.created_at, f.id`;

/** Tokens joined with the factors of their account. */
export class TypeOrmPendingStore extends PendingLoginStore {
  constructor(private readonly statements: Statements) {
    super();
  }

  async find(ref: TokenRef, now: number, most: number): Promise<PendingLoginRecord | null> {
    if (!isRef(ref)) return null;
    const { id, purpose, accountId } = ref;
    const lines = await this.statements.query<Line>(pending, { id, purpose, accountId, now, most });
    const [first] = lines;
    if (!first) return null;
    const { set, factors } = factorSetOf(lines, accountId);
    return { token: tokenOf(tokenLineOf(first)), set, factors };
  }
}

function tokenLineOf(line: Line): TokenLine {
  return {
    id: line.t_id,
    purpose: line.t_purpose,
    account_id: line.t_account_id,
    session_key: line.t_session_key,
    subtype: line.t_subtype,
    stamp: line.t_stamp,
    sealed: line.t_sealed,
    misses: line.t_misses,
    created_at: line.t_created_at,
    expires_at: line.t_expires_at,
  };
}
