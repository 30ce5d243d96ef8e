import { createHash, randomBytes } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { insertIgnore, Statements, type Table } from 'typeorm-unit-of-work';
import { type KeyRing, parseKeyRing } from 'typeorm-unit-of-work/encryption';
import { Clock } from '../../clock.js';
import { Config } from '../../config.js';
import { limits } from '../../limits.js';
import type { TypedForm } from './fill-form.js';

interface StoredForm {
  readonly account_id: string;
  readonly place: number;
  readonly expires_at: number | string;
  readonly sealed: string;
}

const table: Table = {
  name: 'kept_forms',
  columns: ['account_id', 'place', 'token_hash', 'expires_at', 'sealed'],
  maxLengths: { account_id: 64, token_hash: 64 },
};

const places = 'SELECT place, expires_at FROM kept_forms WHERE account_id = :accountId ORDER BY expires_at';
const replace = `UPDATE kept_forms SET token_hash = :tokenHash, expires_at = :expiresAt, sealed = :sealed
  WHERE account_id = :accountId AND place = :place`;
const find = `SELECT account_id, place, expires_at, sealed FROM kept_forms
  WHERE token_hash = :tokenHash AND account_id = :accountId AND expires_at > :now`;
const drop = 'DELETE FROM kept_forms WHERE token_hash = :tokenHash AND account_id = :accountId';
const sweep = 'DELETE FROM kept_forms WHERE expires_at <= :now';

/** How long a form is kept, and how often old ones are deleted, in milliseconds. */
export const keptFor = 15 * 60_000;
const sweepEvery = 60_000;

/** The rows of kept forms. Only the account that wrote a form can open it, with the token of the browser that posted it. */
@Injectable()
export class KeptFormStore {
  private readonly logger = new Logger('Forms');
  private readonly ring: KeyRing;
  private readonly statements: Statements;

  constructor(
    database: DataSource,
    private readonly clock: Clock,
    config: Config,
  ) {
    this.ring = parseKeyRing(config.twoFactorKeys);
    this.statements = new Statements(database);
  }

  /** Returns the token for the browser. The account's oldest form goes where all places are taken. */
  async keep(accountId: string, form: TypedForm): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const tokenHash = hash(token);
    const row = {
      ...{ accountId, place: await this.place(accountId), tokenHash, expiresAt: this.clock.now() + keptFor },
      sealed: this.ring.encrypt(JSON.stringify(form), contextOf(accountId, tokenHash)),
    };
    if ((await this.statements.execute(replace, row)) === 0)
      await insertIgnore(this.statements, table, [columnsOf(row)]);
    return token;
  }

  /** The form of this token and account; null when there is none, or when it is too old. */
  async find(accountId: string, token: string): Promise<TypedForm | null> {
    const tokenHash = hash(token);
    const [row] = await this.statements.query<StoredForm>(find, {
      accountId,
      tokenHash,
      now: this.clock.now(),
    });
    return row
      ? (JSON.parse(this.ring.decrypt(row.sealed, contextOf(accountId, tokenHash))) as TypedForm)
      : null;
  }

  /** Deletes the form of this token and account. */
  async drop(accountId: string, token: string): Promise<void> {
    await this.statements.execute(drop, { accountId, tokenHash: hash(token) });
  }

  @Interval(sweepEvery)
  async sweep(): Promise<void> {
    await this.statements
      .execute(sweep, { now: this.clock.now() })
      .catch((error: unknown) => this.logger.warn(`Old forms could not be deleted: ${String(error)}`));
  }

  /** A free place, or that of the oldest form. */
  private async place(accountId: string): Promise<number> {
    const taken = (await this.statements.query<StoredForm>(places, { accountId })).map(({ place }) => place);
    const free = Array.from({ length: limits['kept-forms'].points }, (_, place) => place);
    return free.find((place) => !taken.includes(place)) ?? taken[0] ?? 0;
  }
}

function columnsOf({
  accountId,
  place,
  tokenHash,
  expiresAt,
  sealed,
}: Readonly<Record<string, string | number>>) {
  return { account_id: accountId, place, token_hash: tokenHash, expires_at: expiresAt, sealed } as Readonly<
    Record<string, string | number>
  >;
}

function contextOf(accountId: string, tokenHash: string) {
  return { purpose: 'kept-form', ownerId: accountId, id: tokenHash };
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
