import type { DataSource, EntityManager, QueryResult, QueryRunner } from 'typeorm';
import { persistently } from './one-unit.js';

/** A value of a statement; a list stands for itself in `IN (:…list)`. */
export type Value = string | number | null | readonly string[];
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
    const { records } = await this.run(sql, values);
    return records as Row[];
  }

  /** How many rows the statement found and changed. Drivers may answer undefined, which is none. */
  async changed(sql: string, values: Values): Promise<number> {
    const { affected } = await this.run(sql, values);
    return affected ?? 0;
  }

  /** Did exactly one row meet the statement's condition? */
  async changedOne(sql: string, values: Values): Promise<boolean> {
    return (await this.changed(sql, values)) === 1;
  }

  get dialect(): 'mysql' | 'other' {
    const { type } = this.dataSource.options;
    return type === 'mysql' || type === 'mariadb' ? 'mysql' : 'other';
  }

  private run(sql: string, values: Values): Promise<QueryResult> {
    const [text, parameters] = this.bind(sql, values);
    const runner = this.unit?.queryRunner;
    if (runner) return runner.query(text, parameters, true);
    return persistently(() => this.alone((own) => own.query(text, parameters, true)));
  }

  private async alone<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    // The driver's own, since the DataSource's would bring an EntityManager with each statement.
    const runner = this.dataSource.driver.createQueryRunner('master');
    try {
      return await work(runner);
    } finally {
      await runner.release();
    }
  }

  /** TypeORM's own binding writes numbers into the text, which spoils the statement cache with every new moment. */
  private bind(sql: string, values: Values): [string, Value[]] {
    const { words, names } = partsOf(sql);
    const parameters: Value[] = [];
    const place = (value: Value): string => {
      parameters.push(value);
      return this.dataSource.driver.createParameter('p', parameters.length - 1);
    };
    let text = words[0] ?? '';
    names.forEach((name, i) => {
      const value = values[name];
      if (value === undefined) throw new Error(`A statement without its value: ${name}`);
      text += (Array.isArray(value) ? value.map(place).join(', ') : place(value)) + (words[i + 1] ?? '');
    });
    return [text, parameters];
  }
}

/** What stands between the `:names` of a statement, and the names. */
interface Parts {
  readonly words: readonly string[];
  readonly names: readonly string[];
}

/** Statements are written in the code, so there are only so many. */
const known = new Map<string, Parts>();

function partsOf(sql: string): Parts {
  const found = known.get(sql);
  if (found) return found;
  const split = sql.split(/:(\w+)/);
  const parts = { words: split.filter((_, i) => i % 2 === 0), names: split.filter((_, i) => i % 2 === 1) };
  known.set(sql, parts);
  return parts;
}
