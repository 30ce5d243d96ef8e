import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { insertIgnore, Statements, type Table } from 'typeorm-unit-of-work';
import { type KeyRing, parseKeyRing } from 'typeorm-unit-of-work/encryption';
import { Clock } from '../clock.js';
import { Config } from '../config.js';
import {
  type FirstAnswer,
  type FirstAnswers,
  type FormPost,
  isDoubleClick,
  type Turn,
} from './first-answers.js';

interface StoredAnswer {
  readonly begun_at: number | string;
  readonly sealed: string | null;
}

const table: Table = {
  name: 'form_answers',
  columns: ['id', 'begun_at', 'token_hash', 'sealed'],
  maxLengths: { id: 64, token_hash: 64 },
};

const find = 'SELECT begun_at, sealed FROM form_answers WHERE id = :id';
const replace =
  'UPDATE form_answers SET begun_at = :begunAt, sealed = NULL WHERE id = :id AND begun_at = :older';
const answer = 'UPDATE form_answers SET sealed = :sealed WHERE id = :id AND begun_at = :begunAt';
const drop = 'DELETE FROM form_answers WHERE id = :id AND begun_at = :begunAt';
const others = `SELECT id, begun_at FROM form_answers
  WHERE token_hash = :tokenHash AND id <> :id AND sealed IS NOT NULL`;
const sweep = 'DELETE FROM form_answers WHERE begun_at < :before';

/** How often old rows are deleted, in milliseconds. */
const sweepEvery = 60_000;

/** Answers in the database, because an equal post may reach another node. They are sealed: they contain session cookies. */
@Injectable()
export class StoredAnswers implements FirstAnswers {
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

  async enter(post: FormPost): Promise<Turn> {
    const { id, tokenHash, begunAt } = post;
    const row = { id, begun_at: begunAt, token_hash: tokenHash, sealed: null };
    const entered = await insertIgnore(this.statements, table, [row]);
    return entered === 1 ? 'first' : ((await this.look(post)) ?? 'waiting');
  }

  async look({ id, begunAt }: FormPost): Promise<Turn | null> {
    const [row] = await this.statements.query<StoredAnswer>(find, { id });
    if (!row) return null;
    const [older, runs] = [Number(row.begun_at), row.sealed === null];
    if (isDoubleClick({ begunAt: older, runs }, begunAt))
      return row.sealed === null ? 'waiting' : this.opened(id, row.sealed);
    return (await this.statements.executeOne(replace, { id, begunAt, older })) ? 'first' : 'waiting';
  }

  async keep(post: FormPost, first: FirstAnswer): Promise<void> {
    const { id, begunAt } = post;
    const sealed = this.ring.encrypt(JSON.stringify(first), contextOf(id));
    await this.statements.execute(answer, { id, begunAt, sealed });
    await this.forgetOthers(post);
  }

  async forget({ id, begunAt }: Pick<FormPost, 'id' | 'begunAt'>): Promise<void> {
    await this.statements.execute(drop, { id, begunAt });
  }

  /** Deletes the rows that no post can need any more. */
  @Interval(sweepEvery)
  async sweep(): Promise<void> {
    await this.statements
      .execute(sweep, { before: this.clock.now() - sweepEvery })
      .catch((error: unknown) => this.logger.warn(`Old answers could not be deleted: ${String(error)}`));
  }

  /** They answer no post any more: the state has changed since. Rows are deleted by their key, so that deletions cannot lock each other out. */
  private async forgetOthers({ id, tokenHash }: FormPost): Promise<void> {
    const rows = await this.statements.query<{ id: string; begun_at: number | string }>(others, {
      id,
      tokenHash,
    });
    for (const row of rows) await this.forget({ id: row.id, begunAt: Number(row.begun_at) });
  }

  private opened(id: string, sealed: string): FirstAnswer {
    return JSON.parse(this.ring.decrypt(sealed, contextOf(id))) as FirstAnswer;
  }
}

function contextOf(id: string) {
  return { purpose: 'form-answer', ownerId: '', id };
}
