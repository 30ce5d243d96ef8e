import {
  TokenStore,
  type Token,
  type TokenPurpose,
  type TokenRef,
} from '../../core/contracts/stores/token.store.js';
import { insert, type Statements, type Table } from 'typeorm-unit-of-work';
import { longest } from '../schema/column-types.js';
import { areIds } from '../../core/contracts/stores/ids.js';
import { isRef, tokenOf, type TokenLine } from './token.mapper.js';

const tokens: Table = {
  name: 'two_factor_tokens',
  columns: [
    'id',
    'purpose',
    'account_id',
    'session_key',
    'subtype',
    'stamp',
    'sealed',
    'misses',
    'created_at',
    'expires_at',
  ],
  maxLengths: {
    id: longest.id,
    purpose: longest.name,
    account_id: longest.id,
    session_key: longest.key,
    subtype: longest.name,
    stamp: longest.text,
  },
};

const select = `
  SELECT id, purpose, account_id, session_key, subtype, stamp, sealed, misses, created_at, expires_at
  FROM two_factor_tokens`;
const replaced = `
  UPDATE two_factor_tokens SET id = :nextId, purpose = :nextPurpose, session_key = :key, subtype = :subtype,
    stamp = :stamp, sealed = :sealed, misses = :misses, created_at = :createdAt, expires_at = :expiresAt`;
const thisOne = 'WHERE id = :id AND purpose = :purpose AND account_id = :accountId';

/** Tokens in the table `two_factor_tokens`. */
export class TypeOrmTokenStore extends TokenStore {
  constructor(private readonly statements: Statements) {
    super();
  }

  async insert(token: Token): Promise<void> {
    await insert(this.statements, tokens, {
      id: token.id,
      purpose: token.purpose,
      account_id: token.accountId,
      session_key: token.key,
      subtype: token.subtype,
      stamp: token.stamp,
      sealed: token.sealed,
      misses: token.misses,
      created_at: token.createdAt,
      expires_at: token.expiresAt,
    });
  }

  async find(ref: TokenRef, now: number): Promise<Token | null> {
    if (!isRef(ref)) return null;
    return this.one(`${select} ${thisOne} AND expires_at > :now`, {
      id: ref.id,
      purpose: ref.purpose,
      accountId: ref.accountId,
      now,
    });
  }

  async newest(
    of: Pick<Token, 'purpose' | 'accountId' | 'key'> & { readonly subtype?: string },
    now: number,
  ): Promise<Token | null> {
    const { purpose, accountId, key, subtype } = of;
    if (!areIds(purpose, accountId, key)) return null;
    return this.one(
      `${select} WHERE account_id = :accountId AND purpose = :purpose AND session_key = :key
       ${subtype === undefined ? '' : 'AND subtype = :subtype'} AND expires_at > :now
       ORDER BY created_at DESC, id DESC LIMIT 1`,
      { purpose, accountId, key, now, ...(subtype === undefined ? {} : { subtype }) },
    );
  }

  async list({ purpose, accountId }: Pick<Token, 'purpose' | 'accountId'>, now: number) {
    if (!areIds(purpose, accountId)) return [];
    const lines = await this.statements.query<TokenLine>(
      `${select} WHERE account_id = :accountId AND purpose = :purpose AND expires_at > :now
       ORDER BY created_at DESC, id DESC`,
      { purpose, accountId, now },
    );
    return lines.map(tokenOf);
  }

  async countMiss(ref: TokenRef, limit: number, now: number): Promise<boolean> {
    if (!isRef(ref)) return false;
    return this.statements.executeOne(
      `UPDATE two_factor_tokens SET misses = misses + 1 ${thisOne} AND expires_at > :now AND misses < :limit`,
      { ...only(ref), limit, now },
    );
  }

  async refundMiss(ref: TokenRef): Promise<void> {
    if (!isRef(ref)) return;
    await this.statements.execute(
      `UPDATE two_factor_tokens SET misses = misses - 1 ${thisOne} AND misses > 0`,
      only(ref),
    );
  }

  async consume(ref: TokenRef, now: number): Promise<boolean> {
    if (!isRef(ref)) return false;
    const { id, purpose, accountId } = ref;
    const values = { id, purpose, accountId, now };
    return this.statements.executeOne(
      `DELETE FROM two_factor_tokens ${thisOne} AND expires_at > :now`,
      values,
    );
  }

  override async replace(ref: TokenRef, next: Token, now: number): Promise<boolean> {
    if (!isRef(ref) || !isRef(next)) return false;
    const { id, purpose, accountId } = ref;
    return this.statements.executeOne(`${replaced} ${thisOne} AND expires_at > :now`, {
      id,
      purpose,
      accountId,
      now,
      nextId: next.id,
      nextPurpose: next.purpose,
      key: next.key,
      subtype: next.subtype,
      stamp: next.stamp,
      sealed: next.sealed,
      misses: next.misses,
      createdAt: next.createdAt,
      expiresAt: next.expiresAt,
    });
  }

  async discard(accountId: string, purpose?: TokenPurpose, until?: number): Promise<void> {
    if (!areIds(accountId)) return;
    const narrower = purpose === undefined ? '' : 'AND purpose = :purpose';
    const older = until === undefined ? '' : 'AND created_at <= :until';
    await this.statements.execute(
      `DELETE FROM two_factor_tokens WHERE account_id = :accountId ${narrower} ${older}`,
      { accountId, ...(purpose !== undefined && { purpose }), ...(until !== undefined && { until }) },
    );
  }

  async sweep(now: number): Promise<void> {
    await this.statements.execute('DELETE FROM two_factor_tokens WHERE expires_at < :now', { now });
  }

  private async one(sql: string, values: Readonly<Record<string, string | number>>): Promise<Token | null> {
    const [line] = await this.statements.query<TokenLine>(sql, values);
    return line ? tokenOf(line) : null;
  }
}

function only({ id, purpose, accountId }: TokenRef): {
  id: string;
  purpose: TokenPurpose;
  accountId: string;
} {
  return { id, purpose, accountId };
}
