import type { Row, Table } from 'typeorm-unit-of-work';

/**
 * Refuses a text that is longer than its column, for statements that replace a row: an insert refuses it by itself.
 * @throws RangeError
 */
export function refuseLongTexts({ name, maxLengths }: Table, row: Row): void {
  for (const [column, most] of Object.entries(maxLengths)) {
    const value = row[column];
    if (typeof value === 'string' && value.length > most)
      throw new RangeError(`${name}.${column} takes at most ${most} characters.`);
  }
}
