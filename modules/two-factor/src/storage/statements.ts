import type { DataSource, EntityManager } from 'typeorm';
import { persistently } from './one-unit.js';
import { textOf, type Bound, type Written } from './statement-text.js';
import type { Answer } from './wires/wire.js';
import { wireOf } from './wires/wire-of.js';

/** A value of a statement; a list stands for itself in `IN (:…list)`. */
export type Value = Bound | readonly string[];
type Values = Readonly<Record<string, Value>>;

/**
 * Hand-written statements with `:names`, the same on every database: in the unit it was made for, or each for itself,
 * committed at once. No entity is made on the way, since each sign-in runs through here.
 */
export class Statements {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unit?: EntityManager,
  ) {}

  async rows<Row>(sql: string, values: Values): Promise<readonly Row[]> {
    const { records } = await this.send(textOf(sql, values, this.mark));
    return records as Row[];
  }

  /** How many rows the statement found and changed. */
  async changed(sql: string, values: Values): Promise<number> {
    const { affected } = await this.send(textOf(sql, values, this.mark));
    return affected;
  }

  /** Did exactly one row meet the statement's condition? */
  async changedOne(sql: string, values: Values): Promise<boolean> {
    return (await this.changed(sql, values)) === 1;
  }

  /** Like `changed`, for a statement that nothing else in its unit waits for: see `sendLast`. */
  last(sql: string, values: Values): Promise<void> {
    return this.sendLast(textOf(sql, values, this.mark));
  }

  get dialect(): 'mysql' | 'other' {
    const { type } = this.dataSource.options;
    return type === 'mysql' || type === 'mariadb' ? 'mysql' : 'other';
  }

  /** How this database marks the `place`th value of a statement. */
  readonly mark = (place: number): string => this.dataSource.driver.createParameter('p', place);

  /** Sends a statement in this database's own marks. */
  send(written: Written): Promise<Answer> {
    const wire = wireOf(this.dataSource);
    const runner = this.unit?.queryRunner;
    return runner ? wire.send(written, runner) : persistently(() => wire.send(written));
  }

  /**
   * The same for a statement that nothing else in its unit waits for: it goes with the commit where the database takes several
   * at once, and what it fails with is what the unit fails with.
   */
  async sendLast(written: Written): Promise<void> {
    const runner = this.unit?.queryRunner;
    if (runner?.isTransactionActive) await wireOf(this.dataSource).sendLast(written, runner);
    else await this.send(written);
  }
}
