/**
 * Can this be an id? Missing, empty and odd ones (numbers, lists, objects, NUL bytes) match nothing, so that no database
 * gets to see them: MariaDB finds every text equal to 0, mysql2 writes objects out as SQL, PostgreSQL refuses NUL bytes.
 */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !value.includes('\0');
}

/** Are all of these ids? */
export function areIds(...values: readonly unknown[]): boolean {
  return values.every(isId);
}
