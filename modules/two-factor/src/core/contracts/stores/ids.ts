/**
 * Whether this can be an id. Missing, empty and invalid values (numbers, lists, objects, NUL bytes) match no row, and
 * no database gets them. For MariaDB every text equals 0, mysql2 writes objects as SQL, and PostgreSQL refuses NUL
 * bytes.
 */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !value.includes('\0');
}

/** Whether all of these can be ids. */
export function areIds(...values: readonly unknown[]): boolean {
  return values.every(isId);
}
