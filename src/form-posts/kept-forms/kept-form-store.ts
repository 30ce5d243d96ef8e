import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { insertIgnore, Statements, type Table } from 'typeorm-unit-of-work';
import { type KeyRing, parseKeyRing } from 'typeorm-unit-of-work/encryption';
import { Clock } from '../../clock.js';
import { Config } from '../../config.js';
import { errorMessage } from '../../error-facts.js';
import { limits } from '../../limits.js';
import type { TypedForm } from './fill-form.js';

interface StoredForm {
  readonly place: number;
  readonly expires_at: number | string;
  readonly sealed: string;
}

/** A form, and the row that it is in. */
export interface KeptForm {
  readonly form: TypedForm;
  readonly place: number;
  /** UTC ms. */
  readonly expiresAt: number;
}

/** `older`: the end of the form in this place; null: the place is free. */
type FormPlace = Pick<KeptForm, 'place' | 'expiresAt'> & { readonly older: number | null };

type NewRow = Pick<KeptForm, 'place' | 'expiresAt'> & {
  readonly accountId: string;
  readonly tokenHash: string;
  readonly sealed: string;
};

const table: Table = {
  name: 'kept_forms',
  columns: ['account_id', 'place', 'token_hash', 'expires_at', 'sealed'],
  maxLengths: { account_id: 64, token_hash: 64 },
};

const places = 'SELECT place, expires_at FROM kept_forms WHERE account_id = :accountId ORDER BY expires_at';
const replace = `UPDATE kept_forms SET token_hash = :tokenHash, expires_at = :expiresAt, sealed = :sealed
  WHERE account_id = :accountId AND place = :place AND expires_at = :older`;
const find = `SELECT place, expires_at, sealed FROM kept_forms
  WHERE token_hash = :tokenHash AND account_id = :accountId AND expires_at > :now ORDER BY expires_at DESC`;
const known = 'SELECT place FROM kept_forms WHERE token_hash = :tokenHash AND expires_at > :now';
const drop = `DELETE FROM kept_forms
  WHERE token_hash = :tokenHash AND account_id = :accountId AND place = :place AND expires_at = :expiresAt`;
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

  /** Keeps one more form for this account and token. An equal one is replaced, and the oldest one where all places are taken. */
  async keep(accountId: string, token: string, form: TypedForm): Promise<void> {
    const tokenHash = hash(token);
    const sealed = this.ring.encrypt(JSON.stringify(form), contextOf(accountId, tokenHash));
    const equal = (await this.load(accountId, token)).find((kept) => isDeepStrictEqual(kept.form, form));
    if (equal) await this.drop(accountId, token, equal);
    // Another form may take the place in between.
    for (let tries = 2 * limits['kept-forms'].points; tries > 0; tries -= 1) {
      const { older, ...row } = await this.place(accountId);
      if (await this.write({ ...row, accountId, tokenHash, sealed }, older)) return;
    }
    throw new Error('All places for kept forms were taken by others.');
  }

  /** Returns whether a form of any account is kept for this token. */
  async isKnown(token: string): Promise<boolean> {
    const rows = await this.statements.query(known, { tokenHash: hash(token), now: this.clock.now() });
    return rows.length > 0;
  }

  /** The forms of this token and account, the newest first. A form that cannot be opened is none: its key is gone. */
  async load(accountId: string, token: string): Promise<KeptForm[]> {
    const tokenHash = hash(token);
    const rows = await this.statements.query<StoredForm>(find, {
      ...{ accountId, tokenHash },
      now: this.clock.now(),
    });
    return rows.flatMap(({ place, expires_at, sealed }) => {
      const form = this.opened(sealed, contextOf(accountId, tokenHash));
      return form ? [{ place, expiresAt: Number(expires_at), form }] : [];
    });
  }

  /** Deletes one form of this token and account, unless a newer one took its place. */
  async drop(accountId: string, token: string, { place, expiresAt }: KeptForm): Promise<void> {
    await this.statements.execute(drop, { accountId, place, expiresAt, tokenHash: hash(token) });
  }

  @Interval(sweepEvery)
  async sweep(): Promise<void> {
    await this.statements
      .execute(sweep, { now: this.clock.now() })
      .catch((error: unknown) => this.logger.warn(`Old forms could not be deleted: ${String(error)}`));
  }

  /** A free place, or that of the oldest form with its end. A later form has a later end, also at the same millisecond. */
  private async place(accountId: string): Promise<FormPlace> {
    const rows = await this.statements.query<StoredForm>(places, { accountId });
    const taken = rows.map(({ place, expires_at }) => ({ place, end: Number(expires_at) }));
    const expiresAt = Math.max(this.clock.now() + keptFor, 1 + (taken.at(-1)?.end ?? 0));
    const all = Array.from({ length: limits['kept-forms'].points }, (_, place) => place);
    const free = all.find((place) => !taken.some((row) => row.place === place));
    if (free !== undefined) return { place: free, older: null, expiresAt };
    return { place: taken[0]?.place ?? 0, older: taken[0]?.end ?? null, expiresAt };
  }

  /** Returns false when the place changed in between. */
  private async write(row: NewRow, older: number | null): Promise<boolean> {
    const { accountId, place, tokenHash, expiresAt, sealed } = row;
    if (older !== null) return (await this.statements.execute(replace, { ...row, older })) === 1;
    const columns = { account_id: accountId, place, token_hash: tokenHash, expires_at: expiresAt, sealed };
    return (await insertIgnore(this.statements, table, [columns])) === 1;
  }

  private opened(sealed: string, context: ReturnType<typeof contextOf>): TypedForm | null {
    try {
      return JSON.parse(this.ring.decrypt(sealed, context)) as TypedForm;
    } catch (error) {
      this.logger.warn(`A kept form could not be read: ${errorMessage(error)}`);
      return null;
    }
  }
}

function contextOf(accountId: string, tokenHash: string) {
  return { purpose: 'kept-form', ownerId: accountId, id: tokenHash };
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
