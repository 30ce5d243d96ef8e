import { AttemptStore, type AttemptCount, type WaitRule } from '../../core/contracts/stores/attempt.store.js';
import { insertIgnore, type Statements, type Table } from 'typeorm-unit-of-work';
import { longest } from '../schema/column-types.js';
import { isId } from '../../core/contracts/stores/ids.js';

const attempts: Table = {
  name: 'two_factor_attempts',
  columns: ['subject', 'misses', 'waits_until', 'window_ends'],
  maxLengths: { subject: longest.subject },
};

interface CountLine {
  readonly subject: string;
  readonly misses: number;
  readonly waits_until: string | number;
  readonly window_ends: string | number;
}

/** The values of a statement that counts one attempt of `subject`. */
type CountValues = { readonly subject: string } & Record<string, string | number>;

/**
 * Counters in the table `two_factor_attempts`. The order in SET matters: MariaDB and MySQL use the new values of
 * earlier assignments.
 */
export class TypeOrmAttemptStore extends AttemptStore {
  constructor(private readonly statements: Statements) {
    super();
  }

  async read(subjects: readonly string[]): Promise<readonly AttemptCount[]> {
    const asked = subjects.filter(isId);
    if (asked.length === 0) return [];
    const lines = await this.statements.query<CountLine>(
      'SELECT subject, misses, waits_until, window_ends FROM two_factor_attempts WHERE subject IN (:asked)',
      { asked },
    );
    return lines.map(count);
  }

  async consume(subject: string, rule: WaitRule, now: number, below = rule.hardStop): Promise<boolean> {
    const most = Math.min(below, rule.hardStop);
    return this.chargeWith(chargeBy(rule), waitValues(rule, { subject, now, most }));
  }

  async consumeWindow(subject: string, limit: number, length: number, now: number): Promise<boolean> {
    if (limit < 1) return false;
    const sql = `UPDATE two_factor_attempts SET
        misses = CASE WHEN window_ends <= :now THEN 1 ELSE misses + 1 END,
        window_ends = CASE WHEN window_ends <= :now THEN :end ELSE window_ends END
      WHERE subject = :subject AND (window_ends <= :now OR misses < :limit)`;
    // The row contains its end from the beginning. Otherwise a concurrent sweep would delete the new row as ended.
    const end = now + length;
    return this.chargeWith(sql, { subject, limit, now, end }, end);
  }

  async refund(subject: string, { every }: WaitRule): Promise<void> {
    if (!isId(subject)) return;
    await this.statements.execute(
      `UPDATE two_factor_attempts SET
         waits_until = CASE WHEN misses % :every = 0 THEN 0 ELSE waits_until END, misses = misses - 1
       WHERE subject = :subject AND misses > 0`,
      { subject, every },
    );
  }

  async open(subject: string): Promise<void> {
    if (isId(subject)) await this.make(subject, 0);
  }

  async clear(subject: string): Promise<void> {
    if (!isId(subject)) return;
    // The row is set to 0 and not deleted, so that the next count finds it and needs one statement only.
    await this.statements.executeWithCommit(
      'UPDATE two_factor_attempts SET misses = 0, waits_until = 0 WHERE subject = :subject',
      { subject },
    );
  }

  async endWait(subject: string): Promise<void> {
    if (!isId(subject)) return;
    await this.statements.execute('UPDATE two_factor_attempts SET waits_until = 0 WHERE subject = :subject', {
      subject,
    });
  }

  async sweep(now: number): Promise<void> {
    await this.statements.execute(
      'DELETE FROM two_factor_attempts WHERE window_ends > 0 AND window_ends < :now',
      { now },
    );
  }

  /** One conditional statement; only where nothing was charged the row may have been missing: made, and charged. */
  private async chargeWith(sql: string, values: CountValues, windowEnds = 0): Promise<boolean> {
    if (!isId(values.subject)) return false;
    if (await this.statements.executeOne(sql, values)) return true;
    await this.make(values.subject, windowEnds);
    return this.statements.executeOne(sql, values);
  }

  private async make(subject: string, windowEnds: number): Promise<void> {
    const row = { subject, misses: 0, waits_until: 0, window_ends: windowEnds };
    await insertIgnore(this.statements, attempts, [row]);
  }
}

/** There are few rules, and the statement of each is built once. */
const charges = new WeakMap<WaitRule, string>();

function chargeBy(rule: WaitRule): string {
  const sql =
    charges.get(rule) ??
    `UPDATE two_factor_attempts SET waits_until = ${waitAfter(rule)}, misses = misses + 1
      WHERE subject = :subject AND waits_until <= :now AND misses < :most`;
  charges.set(rule, sql);
  return sql;
}

/** The wait after one more failure, as an expression of the failures so far. */
function waitAfter({ waits }: WaitRule): string {
  if (waits.length === 0) return 'waits_until';
  const steps = waits.map((_, i) =>
    i === waits.length - 1 ? `ELSE :until${i}` : `WHEN misses + 1 < :below${i} THEN :until${i}`,
  );
  return `CASE WHEN (misses + 1) % :every <> 0 THEN waits_until ${steps.join(' ')} END`;
}

function waitValues(
  { every, waits }: WaitRule,
  { subject, now, most }: { readonly subject: string; readonly now: number; readonly most: number },
): CountValues {
  const values: CountValues = { subject, now, most, every };
  waits.forEach((wait, i) => {
    values[`until${i}`] = now + wait;
    values[`below${i}`] = every * (i + 2);
  });
  return values;
}

function count(line: CountLine): AttemptCount {
  const { subject, misses } = line;
  return {
    subject,
    misses,
    waitsUntil: Number(line.waits_until),
    windowEnds: Number(line.window_ends),
  };
}
